-- The window is worked out once, from the database's clock in the run's time zone; everything else takes it from here.
INSERT INTO :"ledger".run (run_id, conflict_schema, state, phase, mark_mode, window_from, window_to, time_zone, settings_hash, sql_hash, lease_until)
SELECT coalesce(nullif(:'run_id', ''), to_char(localtimestamp, 'YYYYMMDD-HH24MISS-') || substr(md5(gen_random_uuid()::text), 1, 6)),
       :'conflict_schema', 'running', :'phase', :'mark_mode',
       (current_date - make_interval(years => :'lookback_years'::integer))::date, current_date + :'lookahead_days'::integer,
       current_setting('TimeZone'), :'settings_hash', :'sql_hash',
       clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision)
RETURNING run_id;
