UPDATE :"ledger".run
   SET state = :'state', reason = :'reason', finished_at = clock_timestamp(), rows_missed = :'rows_missed'::bigint,
       rows_confirmed = :'rows_confirmed'::bigint, rows_unchanged = :'rows_unchanged'::bigint, rows_unconfirmed = :'rows_unconfirmed'::bigint,
       rows_deferred = :'rows_deferred'::bigint, rows_vanished = :'rows_vanished'::bigint,
       implausible = :'implausible', measures = :'measures'::jsonb,
       sweep_safe_until = CASE WHEN :'state' = 'completed' THEN
         CASE WHEN :'sweep_safe_hours'::double precision = 0 THEN 'infinity'
              ELSE clock_timestamp() + make_interval(secs => :'sweep_safe_hours'::double precision * 3600) END END
 WHERE run_id = :'run_id' AND attempt = :'attempt'::integer AND state = 'running';
