-- The window is computed once, from the database's clock in the run's time zone, and read from here afterwards. The baseline is the oldest
-- transaction that may still be running: every chunk of the run sees what older transactions have written.
INSERT INTO :"ledger".run (run_id, conflict_schema, state, phase, mark_mode, window_from, window_to, time_zone, settings_hash, sql_hash, lease_until,
                           baseline, delta, delta_of, distance_multiplier, leader, stop_at, settings)
SELECT coalesce(nullif(:'run_id', ''), to_char(localtimestamp, 'YYYYMMDD-HH24MISS-') || substr(md5(gen_random_uuid()::text), 1, 6)),
       :'conflict_schema', 'running', :'phase', :'mark_mode',
       :first_day, :last_day,
       current_setting('TimeZone'), :'settings_hash', :'sql_hash',
       clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision),
       pg_snapshot_xmin(pg_current_snapshot()), :'delta'::boolean, :'delta_of'::text, :'distance_multiplier'::double precision, :'leader',
       :'stop_at'::timestamptz,
       jsonb_object(:'setting_names'::text[], :'setting_values'::text[])
RETURNING run_id;
