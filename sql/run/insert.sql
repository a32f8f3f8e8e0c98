-- The window is worked out once, from the database's clock in the run's time zone; everything else takes it from here.
INSERT INTO :"ledger".run (run_id, conflict_schema, state, phase, mark_mode, window_from, window_to, time_zone, settings_hash, sql_hash, lease_until,
                           baseline, delta_of, delta_versions)
SELECT coalesce(nullif(:'run_id', ''), to_char(localtimestamp, 'YYYYMMDD-HH24MISS-') || substr(md5(gen_random_uuid()::text), 1, 6)),
       :'conflict_schema', 'running', :'phase', :'mark_mode',
       (current_date - make_interval(years => :'lookback_years'::integer))::date, current_date + :'lookahead_days'::integer,
       current_setting('TimeZone'), :'settings_hash', :'sql_hash',
       clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision),
       CASE WHEN :'delta'::boolean THEN pg_snapshot_xmin(pg_current_snapshot()) END, :'delta_of'::text, :'delta_versions'::jsonb
RETURNING run_id;
