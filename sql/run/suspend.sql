-- No further chunk is started until the run is resumed. Only the first request is stored.
UPDATE :"ledger".run
   SET suspended_at = clock_timestamp(), suspended_reason = :'reason', suspended_by = format('%s (role %s)', :'requester'::text, session_user)
 WHERE run_id = :'run_id' AND state = 'running' AND suspended_at IS NULL;
