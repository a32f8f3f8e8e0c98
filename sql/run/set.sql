-- The values of a running run that can be changed. null leaves a value as it is.
UPDATE :"ledger".run
   SET max_concurrency = coalesce(:'max_concurrency'::integer, max_concurrency),
       stop_at = coalesce(:'stop_at'::timestamptz, stop_at)
 WHERE run_id = :'run_id' AND state = 'running';
