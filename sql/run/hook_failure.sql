-- The last hook that failed at this start of the run. The end of the run stays as it is.
UPDATE :"ledger".run SET hook_failure = :'failure' WHERE run_id = :'run_id' AND attempt = :'attempt'::integer;
