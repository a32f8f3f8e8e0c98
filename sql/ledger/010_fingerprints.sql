-- What a delta run leaves for the next one, see docs/delta.md: content hashes (fingerprints) of the visits of each chunk and of the rows
-- of each dimension.
-- They are seeded with a random number, so that no value can be looked up by its hash. chunk.visits, chunk.versions and run.delta_versions
-- are no longer
-- used; programs of the version before still write them. delta/forget.sql removes what no later run can use.
ALTER TABLE :"ledger".run
  ADD COLUMN seed          bigint,                       -- of the hashes: that of its baseline run, else random
  ADD COLUMN look_baseline xid8,                         -- rows written by older transactions were seen by the first look at the dimensions
  ADD COLUMN look          jsonb;                        -- what the first look saw besides, see delta/surroundings.sql

CREATE TABLE :"ledger".fingerprint (
  fingerprint_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id         text NOT NULL,                          -- the run that wrote it; a later one refers to it as long as nothing has changed
  keys           bigint[] NOT NULL,                      -- hash of each key: a Visit Id, or the key of a dimension
  contents       bigint[] NOT NULL,                      -- hash of what Task 02 reads of it; null: unknown, equal to nothing
  places         tid[],                                  -- of visits: where the row was; a hint that makes finding it four times as fast
  doubtful       bigint[],                               -- of a chunk: hashes of the IDs of its doubtful pairs
  pairs_layout   text,                                   -- of a chunk: relations and columns of the pairs and of the visits in its transaction
  visits_layout  text
);

-- Hashes cannot be compressed.
ALTER TABLE :"ledger".fingerprint
  ALTER keys SET STORAGE EXTERNAL, ALTER contents SET STORAGE EXTERNAL, ALTER places SET STORAGE EXTERNAL;

ALTER TABLE :"ledger".chunk ADD COLUMN fingerprint_id bigint;  -- of its visits; null: nothing is known of what it was computed from

CREATE TABLE :"ledger".input (
  run_id         text NOT NULL,
  source         text NOT NULL,                          -- the dimension, as delta/sources.sql names it
  rows           bigint,                                 -- its rows at the first look; null when some were replaced before the second
  layout         text NOT NULL,                          -- its relations and columns, and the exclusions that concern it
  fingerprint_id bigint NOT NULL,
  PRIMARY KEY (run_id, source)
);

-- Keys of which the content differs from what the baseline run saw. A run has them until the next one looks.
CREATE TABLE :"ledger".changed_key (
  run_id text NOT NULL,
  source text NOT NULL,
  key    bigint NOT NULL,
  PRIMARY KEY (run_id, source, key)
);
