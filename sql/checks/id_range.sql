-- IDs that do not fit into bigint, as far as the catalog and an index show it. The bounds of a chunk are bigint. No table is scanned.
SELECT a.atttypmod < 4 OR (a.atttypmod - 4) & 2047 > 0 AS fractions,
       coalesce(CASE WHEN EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum AND i.indisvalid AND i.indpred IS NULL)
                     THEN (SELECT NOT (min(c."ID")::numeric >= -9223372036854775807 AND max(c."ID")::numeric <= 9223372036854775807)
                             FROM :"conflict".conflictvisitmaps AS c) END, false) AS beyond
  FROM pg_attribute AS a
 WHERE a.attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema')) AND a.attname = 'ID' AND a.atttypid = 'numeric'::regtype;
