-- What a report shows of a run in addition to its status, and the database time at which it was read.
SELECT clock_timestamp() AS read_at, r.conflict_schema, r.time_zone, r.settings_hash, r.sql_hash, r.attempt, r.task01_at, r.planned_at,
       r.delta,
       ARRAY(SELECT s.key FROM jsonb_each_text(r.settings) AS s ORDER BY s.key) AS setting_names,
       ARRAY(SELECT s.value FROM jsonb_each_text(r.settings) AS s ORDER BY s.key) AS setting_values,
       r.started_at + make_interval(hours => :'resume_max_age_hours'::integer) AS resumable_until,
       :alive AS alive,
       current_setting('server_version') AS server_version,
       (SELECT n.run_id FROM :"ledger".run AS n WHERE n.conflict_schema = r.conflict_schema ORDER BY n.number DESC LIMIT 1) AS newest_run_id
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id';
