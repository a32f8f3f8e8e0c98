-- Whether both views exist and were created from the text of this version (ledger/mark_views.sql).
SELECT count(*) = 2 AS current
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE n.nspname = :'ledger_schema' AND c.relname IN ('chunk_status', 'run_status') AND c.relkind = 'v'
   AND obj_description(c.oid, 'pg_class') = :'checksum';
