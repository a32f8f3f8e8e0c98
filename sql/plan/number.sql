-- Reserves numbers for further chunks of a run. The lock on the run's row prevents others from taking the same numbers. No row: this
-- orchestrator no longer leads the run.
UPDATE :"ledger".run AS r SET planned_chunks = r.planned_chunks + :'chunks'::integer
 WHERE r.run_id = :'run_id' AND r.attempt = :'attempt'::integer AND r.state = 'running'
RETURNING r.planned_chunks - :'chunks'::integer AS first_id, (SELECT max(k.round) + 1 FROM :"ledger".chunk AS k WHERE k.run_id = r.run_id) AS round;
