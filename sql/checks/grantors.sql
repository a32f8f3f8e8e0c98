-- Who can grant the rights of a role. Returns for each part the owners of its objects, and whether the connected role is one of them or a
-- member of all of them. If a role that is not the owner has any right on an object, GRANT issues a warning and no error, so this is
-- checked first.
WITH part AS (
  SELECT 'conflict' AS name, :'conflict_schema' AS schema,
         '{conflictvisitmaps,conflictvisitmaps_temp,conflicts,settings,mph,excluded_agency,excluded_ssn,payer_provider_reminders}'::name[] AS relations
  UNION ALL
  SELECT 'analytics', :'analytics_schema',
         ('{factvisitcallperformance_cr,dimpayerprovider}'::text[] || :dimensions)::name[]
  UNION ALL
  SELECT 'ledger', :'ledger_schema', '{migration,run,chunk,event,chunk_status,run_status}'
),
owner AS (
  SELECT part.name, s.nspowner AS role
    FROM part
    JOIN pg_namespace AS s ON s.nspname = part.schema
  UNION
  SELECT part.name, c.relowner
    FROM part
    JOIN pg_namespace AS s ON s.nspname = part.schema
    JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relname = ANY (part.relations)
  UNION
  SELECT 'database', d.datdba
    FROM pg_database AS d
   WHERE d.datname = current_database()
)
SELECT name, string_agg(pg_get_userbyid(role), ', ' ORDER BY pg_get_userbyid(role)) AS owners, bool_and(pg_has_role(role, 'USAGE')) AS may
  FROM owner
 GROUP BY name
UNION ALL
SELECT 'server', 'a superuser', rolsuper
  FROM pg_roles
 WHERE rolname = current_user;
