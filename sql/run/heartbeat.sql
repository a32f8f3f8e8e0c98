-- No row: the run was resumed under a newer attempt or abandoned. This orchestrator must stop.
UPDATE :"ledger".run
   SET lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision)
 WHERE run_id = :'run_id' AND attempt = :'attempt'::integer AND state = 'running'
RETURNING stop_requested_at IS NOT NULL AS stop_requested;
