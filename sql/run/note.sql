-- Stores why a running run is slower than it could be, or an empty text. The orchestrator's attempt is the fence.
UPDATE :"ledger".run
   SET reason = :'reason'
 WHERE run_id = :'run_id' AND attempt = :'attempt'::integer AND state = 'running';
