-- Numbers for further chunks of a run; the run's row keeps others from taking the same. No row: the run is no longer this orchestrator's.
UPDATE :"ledger".run AS r SET planned_chunks = r.planned_chunks + :'chunks'::integer
 WHERE r.run_id = :'run_id' AND r.attempt = :'attempt'::integer AND r.state = 'running'
RETURNING r.planned_chunks - :'chunks'::integer AS first_id, (SELECT max(k.round) + 1 FROM :"ledger".chunk AS k WHERE k.run_id = r.run_id) AS round;
