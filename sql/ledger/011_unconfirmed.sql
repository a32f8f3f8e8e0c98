-- Tells the next delta run which rows a chunk confirmed without reading the last columns of each row, see delta/judge.sql.
ALTER TABLE :"ledger".fingerprint ADD COLUMN unconfirmed bigint[];  -- of a chunk: hashes of the IDs of the pairs that it did not confirm
ALTER TABLE :"ledger".fingerprint ALTER unconfirmed SET STORAGE EXTERNAL;
