-- after_success: refreshes the materialized views in the schema of conflictvisitmaps that the role of the run may refresh, in the order in
-- which they were created, so that a view is refreshed after the views that it reads. A view with a suitable unique index is refreshed
-- CONCURRENTLY, which does not block readers.
-- psql -v conflict=conflict -v conflict_schema=conflict -f sql/hooks/refresh_materialized_views.sql
SELECT set_config('cm_etl.schema', :'conflict_schema', false);
DO $$
DECLARE
  view record;
BEGIN
  FOR view IN
    SELECT c.oid::regclass AS name,
           c.relispopulated AND EXISTS (
             SELECT FROM pg_index AS i
              WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL) AS concurrently
      FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind = 'm' AND n.nspname = current_setting('cm_etl.schema') AND pg_has_role(c.relowner, 'USAGE')
     ORDER BY c.oid
  LOOP
    EXECUTE format('REFRESH MATERIALIZED VIEW %s %s', CASE WHEN view.concurrently THEN 'CONCURRENTLY' ELSE '' END, view.name);
  END LOOP;
END $$;
