-- Why a run under way is slower than it could be; empty when it is not. Its orchestrator's attempt is the fence.
UPDATE :"ledger".run
   SET reason = :'reason'
 WHERE run_id = :'run_id' AND attempt = :'attempt'::integer AND state = 'running';
