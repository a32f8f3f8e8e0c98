-- Unusual properties of the relations that a run reads and writes: one row per fact, with the name of the relation, the object concerned,
-- and a statement that removes the property, if there is one. RelationCheck.cs decides what each fact means.
WITH RECURSIVE needed (room, name, events, kinds, lookup) AS (VALUES
  -- events: the writes of a run, as bits of pg_trigger.tgtype (4 insert, 16 update). kinds: values of pg_class.relkind that the statements
  -- support. Pairs and visits are found by ctid, which a view does not have. lookup: a column by which at most one row must be found.
  ('conflict', 'conflictvisitmaps', 16, 'rp', NULL), ('conflict', 'conflictvisitmaps_temp', 4, 'rp', NULL),
  ('conflict', 'payer_provider_reminders', 20, 'rpv', NULL), ('conflict', 'settings', 16, 'rpv', NULL),
  ('conflict', 'conflicts', 0, 'rpvm', 'CONFLICTID'), ('conflict', 'mph', 0, 'rpvm', NULL), ('conflict', 'excluded_agency', 0, 'rpvm', NULL),
  ('conflict', 'excluded_ssn', 0, 'rpvm', NULL),
  ('analytics', 'factvisitcallperformance_cr', 0, 'rp', 'Visit Id'), ('analytics', 'dimcaregiver', 0, 'rpvm', 'Caregiver Id'),
  ('analytics', 'dimoffice', 0, 'rpvm', 'Office Id'), ('analytics', 'dimpatient', 0, 'rpvm', 'Patient Id'),
  ('analytics', 'dimpatientaddress', 0, 'rpvm', NULL), ('analytics', 'dimpayer', 0, 'rpvm', 'Payer Id'),
  ('analytics', 'dimcontract', 0, 'rpvm', 'Contract Id'), ('analytics', 'dimprovider', 0, 'rpvm', 'Provider Id'),
  ('analytics', 'dimservicecode', 0, 'rpvm', 'Service Code Id'), ('analytics', 'dimuser', 0, 'rpvm', 'User Id'),
  ('analytics', 'dimpayerprovider', 0, 'rpvm', NULL)
),
root AS (
  SELECT n.*, c.oid, c.relkind, format('%I.%I', s.nspname, c.relname) AS relation
    FROM needed AS n
    JOIN pg_namespace AS s ON s.nspname = CASE n.room WHEN 'conflict' THEN :'conflict_schema' ELSE :'analytics_schema' END
    JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relname = n.name
),
member AS (  -- including partitions and children, which may have their own triggers, storage and replica identity
  SELECT r.name, r.events, r.kinds, r.oid AS root, r.oid, r.relkind FROM root AS r
   UNION
  SELECT m.name, m.events, m.kinds, m.root, c.oid, c.relkind
    FROM member AS m
    JOIN pg_inherits AS i ON i.inhparent = m.oid
    JOIN pg_class AS c ON c.oid = i.inhrelid
),
part AS (
  SELECT m.*, c.relpersistence, c.relreplident, format('%I.%I', s.nspname, c.relname) AS relation
    FROM member AS m
    JOIN pg_class AS c ON c.oid = m.oid
    JOIN pg_namespace AS s ON s.oid = c.relnamespace
),
kind (kind, name) AS (VALUES
  ('v', 'a view'), ('m', 'a materialized view'), ('f', 'a foreign table'), ('r', 'a table'), ('p', 'a partitioned table')
),
trigger_of AS (
  SELECT p.relation, t.*, pr.pronamespace, pr.proconfig, l.lanname, pr.oid::regprocedure::text AS function
    FROM part AS p
    JOIN pg_trigger AS t ON t.tgrelid = p.oid AND NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled IN ('O', 'A') AND t.tgtype & p.events <> 0
    JOIN pg_proc AS pr ON pr.oid = t.tgfoid
    JOIN pg_language AS l ON l.oid = pr.prolang
),
published AS (  -- column lists and row filters of publications, which exist from PostgreSQL 15 on
  SELECT p.*, u.pubname, a.relid::regclass AS root_name, to_jsonb(e) -> 'prattrs' AS listed, to_jsonb(e) ->> 'prqual' IS NOT NULL AS filtered,
         ARRAY(SELECT c.attname FROM jsonb_array_elements_text(nullif(to_jsonb(e) -> 'prattrs', 'null')) AS l (attnum)
                 JOIN pg_attribute AS c ON c.attrelid = a.relid AND c.attnum = l.attnum::integer) AS columns,
         ARRAY(SELECT c.attname FROM pg_depend AS d JOIN pg_attribute AS c ON c.attrelid = a.relid AND c.attnum = d.refobjsubid
                WHERE d.classid = 'pg_publication_rel'::regclass AND d.objid = e.oid AND d.refobjid = a.relid AND d.refobjsubid > 0) AS used,
         ARRAY(SELECT c.attname FROM pg_attribute AS c
                WHERE c.attrelid = p.oid AND c.attnum > 0 AND NOT c.attisdropped
                  AND CASE p.relreplident WHEN 'f' THEN c.attgenerated = ''
                      ELSE EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = p.oid AND c.attnum = ANY (i.indkey)
                                      AND CASE p.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident END) END) AS identity
    FROM part AS p
   CROSS JOIN LATERAL (SELECT p.oid::regclass UNION SELECT relid FROM pg_partition_ancestors(p.oid)) AS a (relid)
    JOIN pg_publication_rel AS e ON e.prrelid = a.relid
    JOIN pg_publication AS u ON u.oid = e.prpubid AND u.pubupdate
   WHERE p.events & 16 <> 0 AND p.relkind = 'r' AND p.relpersistence = 'p'
),
fact (relation, fact, object, remedy) AS (
  SELECT p.relation, CASE p.relkind WHEN 'f' THEN 'foreign' ELSE 'kind' END, k.name, ''
    FROM part AS p
    JOIN kind AS k ON k.kind = p.relkind
   WHERE strpos(p.kinds, p.relkind::text) = 0
   UNION ALL
  SELECT r.relation, 'view', k.name, ''
    FROM root AS r
    JOIN kind AS k ON k.kind = r.relkind
   WHERE r.room = 'analytics' AND r.relkind IN ('v', 'm') AND strpos(r.kinds, 'v') > 0
   UNION ALL
  SELECT r.relation, 'row security', quote_ident(current_user),
         format('ALTER ROLE %I BYPASSRLS;  -- by a superuser; or by the owner: ALTER TABLE %s DISABLE ROW LEVEL SECURITY;', current_user, r.relation)
    FROM root AS r
   WHERE r.relkind IN ('r', 'p') AND row_security_active(r.oid)
   UNION ALL
  SELECT r.relation, 'rule', quote_ident(w.rulename), format('DROP RULE %I ON %s;', w.rulename, r.relation)
    FROM root AS r
    JOIN pg_rewrite AS w ON w.ev_class = r.oid AND w.ev_enabled IN ('O', 'A')
                        AND (w.ev_type = '2' AND r.events & 16 <> 0 OR w.ev_type = '3' AND r.events & 4 <> 0)
   UNION ALL
  SELECT t.relation, 'row trigger', quote_ident(t.tgname), format('ALTER TABLE %s DISABLE TRIGGER %I;', t.relation, t.tgname)
    FROM trigger_of AS t
   WHERE t.tgtype & 1 <> 0 AND t.tgtype & 66 <> 0  -- FOR EACH ROW, BEFORE or INSTEAD OF
   UNION ALL
  SELECT DISTINCT t.relation, 'search path', t.function, format('ALTER FUNCTION %s SET search_path = %s;', t.function, d.reset_val)
    FROM trigger_of AS t
   CROSS JOIN (SELECT reset_val FROM pg_settings WHERE name = 'search_path') AS d
   WHERE t.lanname NOT IN ('c', 'internal') AND NOT EXISTS (SELECT FROM unnest(t.proconfig) AS o (option) WHERE starts_with(o.option, 'search_path='))
   UNION ALL
  SELECT r.relation, CASE WHEN r.name = 'conflictvisitmaps_temp' OR r.name = 'conflictvisitmaps' AND a.attname NOT IN ('UpdateFlag', 'UpdatedDate')
                          THEN 'generated' ELSE 'generated and written' END, quote_ident(a.attname),
         format('ALTER TABLE %s ALTER COLUMN %I DROP %s;', r.relation, a.attname, CASE WHEN a.attidentity = '' THEN 'EXPRESSION' ELSE 'IDENTITY' END)
    FROM root AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE a.attgenerated <> '' AND (r.name IN ('conflictvisitmaps', 'conflictvisitmaps_temp')
             OR r.name = 'payer_provider_reminders' AND a.attname IN ('PayerID', 'AppPayerID', 'Contract', 'ProviderID', 'AppProviderID', 'ProviderName',
                                                                      'CreatedDateTime', 'NumberOfDays')
             OR r.name = 'settings' AND a.attname = 'InProgressFlag')
      OR a.attidentity = 'a' AND r.name = 'conflictvisitmaps' AND a.attname IN ('UpdateFlag', 'UpdatedDate')
   UNION ALL
  SELECT p.relation, 'publication', quote_ident(min(u.pubname)), format('ALTER TABLE %s REPLICA IDENTITY FULL;', p.relation)
    FROM part AS p
   CROSS JOIN LATERAL (SELECT p.oid::regclass UNION SELECT relid FROM pg_partition_ancestors(p.oid)) AS a (relid)
    JOIN pg_class AS c ON c.oid = a.relid
    JOIN pg_namespace AS s ON s.oid = c.relnamespace
    JOIN pg_publication_tables AS t ON t.schemaname = s.nspname AND t.tablename = c.relname
    JOIN pg_publication AS u ON u.pubname = t.pubname AND u.pubupdate
   WHERE p.events & 16 <> 0 AND p.relkind = 'r' AND p.relpersistence = 'p'
     AND NOT (p.relreplident = 'f'
              OR EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = p.oid AND i.indisvalid AND i.indimmediate
                            AND CASE p.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident END))
   GROUP BY p.relation
   UNION ALL
  SELECT p.relation, 'publication columns', quote_ident(p.pubname),
         format('ALTER PUBLICATION %1$I DROP TABLE %2$s; ALTER PUBLICATION %1$I ADD TABLE %2$s;  -- publishes all columns', p.pubname, p.root_name)
    FROM published AS p
   WHERE jsonb_typeof(p.listed) = 'array' AND NOT p.identity <@ p.columns
   UNION ALL
  -- The server records the columns of a filter and of a column list in the same way. Columns that are not in the list belong to the filter.
  SELECT p.relation, 'publication filter', quote_ident(p.pubname), format('ALTER TABLE %s REPLICA IDENTITY FULL;', p.relation)
    FROM published AS p
   WHERE p.filtered AND p.relreplident <> 'f' AND NOT p.used <@ (p.columns || p.identity)
   UNION ALL
  SELECT p.relation, 'foreign key', format('%I of %s', k.conname, k.conrelid::regclass), format('ALTER TABLE %s DROP CONSTRAINT %I;', k.conrelid::regclass, k.conname)
    FROM part AS p
    JOIN pg_constraint AS k ON k.confrelid = p.oid AND k.contype = 'f' AND k.conparentid = 0
   WHERE p.name = 'conflictvisitmaps_temp' AND k.conrelid NOT IN (SELECT o.oid FROM member AS o WHERE o.root = p.root)
   UNION ALL
  SELECT p.relation, 'unlogged', '', format('ALTER TABLE %s SET LOGGED;', p.relation)
    FROM part AS p
   WHERE p.relpersistence = 'u' AND p.name <> 'conflictvisitmaps_temp'
   UNION ALL
  -- An index guarantees uniqueness for its own table only: not for children that inherit from it, and not for a view. A deferred constraint
  -- holds at every commit.
  SELECT r.relation, 'not unique', quote_ident(r.lookup),
         CASE WHEN r.relkind IN ('r', 'm') AND NOT EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhparent = r.oid) OR r.relkind = 'p' AND EXISTS (
                   SELECT FROM pg_partitioned_table AS t
                     JOIN pg_attribute AS a ON a.attrelid = t.partrelid AND a.attname = r.lookup
                    WHERE t.partrelid = r.oid AND t.partattrs::text = a.attnum::text)
              THEN format('CREATE UNIQUE INDEX ON %s (%I);', r.relation, r.lookup) ELSE '' END
    FROM root AS r
   WHERE r.lookup IS NOT NULL
     AND (EXISTS (SELECT FROM pg_inherits AS i WHERE r.relkind = 'r' AND i.inhparent = r.oid)
          OR NOT EXISTS (
             SELECT FROM pg_index AS i
               JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.attname = r.lookup
              WHERE i.indrelid = r.oid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1 AND i.indpred IS NULL))
)
SELECT relation, fact, object, remedy FROM fact ORDER BY relation, fact, object;
