CREATE SCHEMA IF NOT EXISTS :"ledger";

CREATE TABLE IF NOT EXISTS :"ledger".migration (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
