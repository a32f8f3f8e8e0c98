-- The multiplier of distances belongs to the run: every chunk computes with the one that was read when the run began.
ALTER TABLE :"ledger".run ADD COLUMN distance_multiplier double precision;

-- How often a chunk's range has been divided since the plan: 0 for a planned chunk.
ALTER TABLE :"ledger".chunk ADD COLUMN splits integer NOT NULL DEFAULT 0;
