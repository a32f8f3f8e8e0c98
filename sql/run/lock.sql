-- Locks the run until the transaction ends. Meanwhile it cannot be split, planned, stopped, resumed or abandoned. Lock order: begin, run,
-- chunk.
SELECT r.state FROM :"ledger".run AS r WHERE r.run_id = :'run_id' FOR NO KEY UPDATE;
