-- Which migrations the ledger has. Ledgers that were created before migrations had checksums get the column when they are upgraded.
CREATE TABLE IF NOT EXISTS :"ledger".migration (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  checksum   text
);

ALTER TABLE :"ledger".migration ADD COLUMN IF NOT EXISTS checksum text;
