SELECT r.run_id, r.state, r.phase, r.mark_mode, r.window_from, r.window_to, r.time_zone, r.settings_hash, r.sql_hash, r.attempt,
       r.task01_at IS NOT NULL AS task01_done, r.planned_at IS NOT NULL AS planned,
       coalesce(r.planned_chunks, 0) AS planned_chunks, r.leader,
       CASE WHEN r.stop_requested_at IS NOT NULL THEN coalesce(r.stop_kind, 'request') WHEN r.stop_at <= clock_timestamp() THEN 'time' END AS stop_kind,
       coalesce(r.stop_requested_by, '') AS stop_requested_by, coalesce(r.stop_reason, '') AS stop_reason, r.stop_at,
       r.delta, b.run_id AS base_id, r.distance_multiplier
  FROM :"ledger".run AS r
  LEFT JOIN :"ledger".run AS b ON b.run_id = r.delta_of
 WHERE r.run_id = :'run_id';
