-- Stores the last hook that failed since this start of the run. The outcome of the run does not change.
UPDATE :"ledger".run SET hook_failure = :'failure' WHERE run_id = :'run_id' AND attempt = :'attempt'::integer;
