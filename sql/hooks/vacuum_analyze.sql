-- after_success: a run writes every row of the window once or twice. VACUUM makes the space of the old versions reusable, ANALYZE updates
-- the statistics. Run it as the owner of the table or, from PostgreSQL 17 on, as a role with MAINTAIN on it. For other roles VACUUM would
-- only issue a warning, so this script raises an error.
-- psql -v conflict=conflict -v conflict_schema=conflict -f sql/hooks/vacuum_analyze.sql
SELECT set_config('cm_etl.schema', :'conflict_schema', false);
DO $$
DECLARE
  pairs regclass := to_regclass(format('%I.conflictvisitmaps', current_setting('cm_etl.schema')));
  may boolean;
BEGIN
  SELECT pg_has_role(c.relowner, 'USAGE') INTO may FROM pg_class AS c WHERE c.oid = pairs;
  IF NOT may AND current_setting('server_version_num')::integer >= 170000 THEN
    EXECUTE 'SELECT has_table_privilege($1, ''MAINTAIN'')' INTO may USING pairs::oid;
  END IF;
  IF NOT may THEN
    RAISE EXCEPTION 'this role may not vacuum the table' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
VACUUM (ANALYZE) :"conflict".conflictvisitmaps;
