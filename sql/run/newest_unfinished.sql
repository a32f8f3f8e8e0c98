-- The run that a start would resume or collide with, and what decides between the two. A process works on it while its orchestrator's lease
-- is valid or a worker holds one of its chunks. A run is ignored once a newer run has been completed.
SELECT r.run_id, r.state, r.phase, r.settings_hash, r.sql_hash, clock_timestamp() - r.started_at AS age, r.leader,
       coalesce(r.resumed_at, r.started_at) AS led_since, r.lease_until,
       extract(epoch FROM greatest(r.lease_until, (SELECT max(c.lease_until) FROM :"ledger".chunk AS c WHERE c.run_id = r.run_id AND c.state = 'processing'))
         - clock_timestamp())::double precision AS seconds_left,
       :alive AS alive
  FROM :"ledger".run AS r
 WHERE r.conflict_schema = :'conflict_schema' AND r.state IN ('running', 'failed', 'stopped', 'timedout')
   AND (r.state = 'running' OR NOT EXISTS (
         SELECT FROM :"ledger".run AS n WHERE n.conflict_schema = r.conflict_schema AND n.number > r.number AND n.state = 'completed'))
 ORDER BY r.number DESC
 LIMIT 1;
