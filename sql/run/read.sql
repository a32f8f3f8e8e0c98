SELECT r.run_id, r.state, r.phase, r.mark_mode, r.window_from, r.window_to, r.time_zone, r.settings_hash, r.sql_hash, r.attempt,
       r.task01_at IS NOT NULL AS task01_done, r.planned_at IS NOT NULL AS planned,
       coalesce(r.planned_chunks, 0) AS planned_chunks, r.stop_requested_at IS NOT NULL AS stop_requested,
       r.delta, b.run_id AS base_id, b.baseline::text AS base_baseline, b.window_from AS base_from, b.window_to AS base_to,
       r.delta_versions::text AS base_versions, r.distance_multiplier
  FROM :"ledger".run AS r
  LEFT JOIN :"ledger".run AS b ON b.run_id = r.delta_of
 WHERE r.run_id = :'run_id';
