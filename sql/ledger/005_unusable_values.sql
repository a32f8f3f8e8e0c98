-- Values that are there and cannot be used: what a chunk left out of its judgement, and the pairs that it left unconfirmed although such a value may be the reason.
ALTER TABLE :"ledger".chunk
  ADD rows_doubtful   bigint NOT NULL DEFAULT 0,         -- of the unconfirmed ones: a value that could not be used may be why no rule held
  ADD unusable_values bigint NOT NULL DEFAULT 0,         -- days, times and numbers left out; GPS texts are counted in gps_rejects
  ADD CONSTRAINT chunk_doubtful CHECK (rows_doubtful BETWEEN 0 AND rows_unconfirmed),
  ADD CONSTRAINT chunk_unusable CHECK (unusable_values >= 0);
