-- Holds the run until the transaction ends: no split, plan, stop, resume or abandonment meanwhile. Locks are taken in this order: begin, run, chunk.
SELECT r.state FROM :"ledger".run AS r WHERE r.run_id = :'run_id' FOR NO KEY UPDATE;
