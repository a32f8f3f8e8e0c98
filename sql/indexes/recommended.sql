-- The indexes that the statements of a run need for look-ups. Returns the statements that create the missing ones, one row each, in order.
-- An index serves a look-up by key when it begins with the key, has no condition and is valid. The index for chunk ranges must match
-- exactly. On a partitioned table each partition needs one. They are built one after the other without blocking writers and then attached
-- to the index of the table. An index with one of these names that does not match, for example because its build was interrupted, is
-- dropped first.
WITH RECURSIVE wanted (schema, relation, key, suffix, definition) AS (VALUES
  -- A chunk's range, exactly in plan order. Planning reads it too. UpdateFlag is deliberately not part of it: an index that contains the
  -- flag would make every mark update the index entries of the row.
  (:'conflict', 'conflictvisitmaps', NULL, '_cm_etl_chunk', '("VisitDate", (coalesce("SSN", '''') COLLATE "C"), "ID") WHERE "CONFLICTID" IS NOT NULL'),
  (:'analytics', 'factvisitcallperformance_cr', 'Visit Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimcaregiver', 'Caregiver Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimcontract', 'Contract Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimoffice', 'Office Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimpatient', 'Patient Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimpatientaddress', 'Patient Id', '_cm_etl_patient', NULL),
  (:'analytics', 'dimpayer', 'Payer Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimprovider', 'Provider Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimservicecode', 'Service Code Id', '_cm_etl_key', NULL),
  (:'analytics', 'dimuser', 'User Id', '_cm_etl_key', NULL)
),
tree AS (  -- the table and its partitions, down to those that hold rows
  SELECT w.relation || w.suffix AS name, w.key, w.suffix, coalesce(w.definition, format('(%I)', w.key)) AS definition, c.oid, NULL::oid AS parent, 0 AS depth
    FROM wanted AS w
    JOIN pg_namespace AS n ON n.nspname = w.schema
    JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.relation AND c.relkind IN ('r', 'p', 'm')
   UNION ALL
  SELECT t.name, t.key, t.suffix, t.definition, i.inhrelid, t.oid, t.depth + 1
    FROM tree AS t
    JOIN pg_inherits AS i ON i.inhparent = t.oid
    JOIN pg_class AS c ON c.oid = i.inhrelid AND c.relispartition AND c.relkind IN ('r', 'p')
),
place AS (  -- with the name of its index: up to 63 bytes, and not the name of another table's index
  SELECT t.*, c.relkind = 'p' AS partitioned, n.nspname, c.relname, c.relowner, n.oid AS schema_oid,
         CASE WHEN octet_length(c.relname || t.suffix) <= 63 AND NOT EXISTS (
                   SELECT FROM pg_class AS x
                    WHERE x.relnamespace = n.oid AND x.relname = c.relname || t.suffix
                      AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indexrelid = x.oid AND i.indrelid = c.oid))
              THEN c.relname || t.suffix ELSE left(c.relname, 20) || '_' || left(md5(c.oid::text), 8) || t.suffix END AS index_name
    FROM tree AS t
    JOIN pg_class AS c ON c.oid = t.oid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
),
present AS (  -- every index of these tables, whether it fits, and whether it has that name
  SELECT p.name, p.oid, i.indexrelid, x.relname = p.index_name AS named, i.indisvalid AND i.indisready AS valid,
         CASE WHEN m.amname <> 'btree' THEN false
              WHEN p.key IS NOT NULL THEN i.indpred IS NULL AND EXISTS (
                   SELECT FROM pg_attribute AS a
                    WHERE a.attrelid = p.oid AND a.attname = p.key AND a.attnum = i.indkey[0] AND i.indcollation[0] = a.attcollation)
              ELSE pg_get_expr(i.indpred, i.indrelid) = '("CONFLICTID" IS NOT NULL)' AND i.indnkeyatts = 3
                   AND pg_get_indexdef(i.indexrelid, 1, true) = '"VisitDate"' AND pg_get_indexdef(i.indexrelid, 3, true) = '"ID"'
                   AND pg_get_indexdef(i.indexrelid, 2, true) LIKE '%COALESCE("SSN", ''''::%' AND i.indcollation[1] = '"C"'::regcollation
                   AND i.indoption = '0 0 0'
         END AS fits
    FROM place AS p
    JOIN pg_index AS i ON i.indrelid = p.oid
    JOIN pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_am AS m ON m.oid = x.relam
),
state AS (
  SELECT p.*, own.indexrelid AS own,
         NOT p.partitioned AND NOT EXISTS (SELECT FROM present AS x WHERE x.name = p.name AND x.oid = p.oid AND x.fits AND x.valid) AS lacking,
         EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhrelid = own.indexrelid) AS attached
    FROM place AS p
    LEFT JOIN present AS own ON own.name = p.name AND own.oid = p.oid AND own.named
),
open AS (  -- names for which an index is missing, or whose last build ended before everything was attached
  SELECT s.name
    FROM state AS s
   WHERE s.lacking OR (s.partitioned AND EXISTS (SELECT FROM pg_index AS i WHERE i.indexrelid = s.own AND NOT i.indisvalid))
),
step AS (
  -- The index of a partitioned table holds no rows, so it is created immediately. A partition that is added later gets its index from it.
  SELECT s.*, 1 AS place, s.depth AS turn, format('CREATE INDEX %I ON ONLY %I.%I %s', s.index_name, s.nspname, s.relname, s.definition) AS statement
    FROM state AS s
   WHERE s.partitioned AND s.own IS NULL
   UNION ALL
  SELECT s.*, 2, s.depth, format('DROP INDEX CONCURRENTLY %I.%I', s.nspname, s.index_name) FROM state AS s WHERE s.lacking AND s.own IS NOT NULL
   UNION ALL
  SELECT s.*, 3, s.depth, format('CREATE INDEX CONCURRENTLY %I ON %I.%I %s', s.index_name, s.nspname, s.relname, s.definition)
    FROM state AS s
   WHERE s.lacking
   UNION ALL
  SELECT s.*, 4, -s.depth, format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I', above.nspname, above.index_name, s.nspname, s.index_name)
    FROM state AS s
    JOIN state AS above ON above.name = s.name AND above.oid = s.parent
   WHERE s.lacking OR (s.own IS NULL AND s.partitioned) OR (s.own IS NOT NULL AND NOT s.attached)
)
SELECT s.name, s.statement, format('%I.%I', s.nspname, s.relname) AS relation, pg_get_userbyid(s.relowner) AS owner,
       pg_has_role(s.relowner, 'USAGE') AS owned, has_schema_privilege(s.schema_oid, 'CREATE') AS may_create,
       bool_or(s.place = 2) OVER (PARTITION BY s.name) AS broken
  FROM step AS s
 WHERE s.name IN (SELECT o.name FROM open AS o)
 ORDER BY s.name, s.place, s.turn, s.statement;
