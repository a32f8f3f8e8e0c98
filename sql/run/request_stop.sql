-- Only the first request is stored: who requested it, with which role, and why.
UPDATE :"ledger".run
   SET stop_requested_at = clock_timestamp(), stop_kind = 'request', stop_reason = :'reason',
       stop_requested_by = format('%s (role %s)', :'requester'::text, session_user)
 WHERE run_id = :'run_id' AND state = 'running' AND stop_requested_at IS NULL;
