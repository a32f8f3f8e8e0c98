SELECT run_id, state, phase, mark_mode, window_from, window_to, time_zone, settings_hash, sql_hash, attempt,
       started_at AT TIME ZONE time_zone AS started_local, task01_at IS NOT NULL AS task01_done, planned_at IS NOT NULL AS planned,
       coalesce(planned_chunks, 0) AS planned_chunks, stop_requested_at IS NOT NULL AS stop_requested
  FROM :"ledger".run
 WHERE run_id = :'run_id';
