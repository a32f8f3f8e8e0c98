-- The settings of the run that differ from their defaults, by name; no connection and no secret. Null for runs of older versions.
ALTER TABLE :"ledger".run ADD COLUMN settings jsonb;
