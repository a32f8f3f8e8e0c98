UPDATE :"ledger".run
   SET planned_at = clock_timestamp(), planned_rows = :'planned_rows'::bigint, planned_chunks = :'planned_chunks'::integer, relations = :'relations'::jsonb
 WHERE run_id = :'run_id' AND state = 'running' AND planned_at IS NULL;
