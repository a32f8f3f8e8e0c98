-- IDs of the runs whose chunk ranges are still needed. This is the only rule for what can be removed from the history. Ranges contain SSNs,
-- so every other run loses them at the end of the next completed run.
SELECT n.run_id
  FROM :"ledger".run AS n
 WHERE n.conflict_schema = :'conflict_schema'
   AND (n.state = 'running'
        -- The newest completed run and all runs started after it. These can be resumed, reset, inspected and processed chunk by chunk.
        OR n.number >= (SELECT coalesce(max(c.number), 0) FROM :"ledger".run AS c
                         WHERE c.conflict_schema = :'conflict_schema' AND c.state = 'completed')
        -- Baseline runs, and runs that may become one (run/base.sql): the newest completed delta run of each kind.
        OR n.run_id IN (SELECT u.delta_of FROM :"ledger".run AS u
                         WHERE u.conflict_schema = :'conflict_schema' AND u.state IN ('running', 'failed', 'stopped', 'timedout'))
        OR n.run_id IN (SELECT DISTINCT ON (d.settings_hash, d.time_zone) d.run_id
                          FROM :"ledger".run AS d
                         WHERE d.conflict_schema = :'conflict_schema' AND d.delta AND d.state = 'completed' AND d.sql_hash = :'sql_hash'
                         ORDER BY d.settings_hash, d.time_zone, d.number DESC))
