-- Ends a suspension.
UPDATE :"ledger".run
   SET suspended_at = NULL, suspended_by = NULL, suspended_reason = NULL
 WHERE run_id = :'run_id' AND state = 'running' AND suspended_at IS NOT NULL;
