-- The newest run of all schemas, which monitoring asks for every minute (docs/operations.md), without working out the others.
CREATE INDEX run_started ON :"ledger".run (started_at DESC);
