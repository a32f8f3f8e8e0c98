-- When the chunk ranges of a run lost their SSNs, because nothing needs them any more (history/needed.sql); null while they are there.
ALTER TABLE :"ledger".run ADD COLUMN bounds_cleared_at timestamptz;
