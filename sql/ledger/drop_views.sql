-- Before the migrations: a column that a view reads can be neither dropped nor given another type.
DROP VIEW IF EXISTS :"ledger".run_status;
DROP VIEW IF EXISTS :"ledger".chunk_status;
