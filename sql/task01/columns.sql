-- Column lists of the snapshot, as text for :target_columns and :source_columns of task01/snapshot.sql: every column of the TEMP table that
-- has a source, matched by name, with exceptions for parent and child. The parent is "conflicts", the child is the pair itself. Also
-- returns what compare/changes.sql compares: the columns that come from the pair, under the pair's names, with an expression that is true
-- when t and c differ.
WITH temp AS (
  SELECT attnum, attname, atttypid, attidentity FROM pg_attribute  -- columns that the server computes are left out
   WHERE attrelid = to_regclass(format('%I.conflictvisitmaps_temp', :'conflict_schema')) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),
live AS (
  SELECT attname, atttypid FROM pg_attribute
   WHERE attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema')) AND attnum > 0 AND NOT attisdropped),
parent AS (
  SELECT attname FROM pg_attribute
   WHERE attrelid = to_regclass(format('%I.conflicts', :'conflict_schema')) AND attnum > 0 AND NOT attisdropped),
exception (target, source, column_name) AS (VALUES
  ('StatusFlag', 'p', 'StatusFlag'), ('ConStatusFlag', 'c', 'StatusFlag'),
  ('FlagForReview', 'p', 'FlagForReview'), ('ConFlagForReview', 'c', 'FlagForReview'),
  ('FlagForReviewDate', 'p', 'FlagForReviewDate'), ('ConFlagForReviewDate', 'c', 'FlagForReviewDate'),
  -- The same name in two spellings.
  ('ETATravleMinutes', 'c', 'ETATravelMinutes'), ('ETATravelMinutes', 'c', 'ETATravleMinutes')),
mapped AS (
  SELECT t.attnum, t.attname AS target, t.atttypid, t.attidentity,
         CASE WHEN t.attname = 'CreatedDate' THEN 'localtimestamp'  -- the time of the copy, as later audits expect
              WHEN l.attname IS NOT NULL AND x.source IS DISTINCT FROM 'p' AND t.attname NOT LIKE 'ConFlag%' AND t.attname <> 'ConStatusFlag'
                THEN format('c.%I', t.attname)
              WHEN x.source = 'p' AND x.column_name IN (SELECT attname FROM parent) THEN format('p.%I', x.column_name)
              WHEN x.source = 'c' AND x.column_name IN (SELECT attname FROM live) THEN format('c.%I', x.column_name)
         END AS source
    FROM temp AS t
    LEFT JOIN live AS l ON l.attname = t.attname
    LEFT JOIN exception AS x ON x.target = t.attname)
SELECT string_agg(quote_ident(target), ', ' ORDER BY attnum) FILTER (WHERE source IS NOT NULL) AS target_columns,
       string_agg(source, ', ' ORDER BY attnum) FILTER (WHERE source IS NOT NULL) AS source_columns,
       coalesce(string_agg(quote_ident(target), ', ' ORDER BY attnum) FILTER (WHERE source IS NULL AND attidentity = ''), '') AS without_source,
       coalesce(array_agg(l.attname::text ORDER BY attnum) FILTER (WHERE l.attname <> 'ID'), '{}') AS compared_columns,
       coalesce(array_agg(CASE WHEN l.atttypid = m.atttypid THEN format('t.%I IS DISTINCT FROM c.%I', target, l.attname)
                               ELSE format('t.%I::text IS DISTINCT FROM c.%I::text', target, l.attname) END ORDER BY attnum)
                  FILTER (WHERE l.attname <> 'ID'), '{}') AS compared_tests,
       coalesce(array_agg(format('t.%I', target) ORDER BY attnum) FILTER (WHERE l.attname <> 'ID'), '{}') AS compared_before
  FROM mapped AS m
  LEFT JOIN live AS l ON m.source = format('c.%I', l.attname);
