-- Recommended indexes that are there, by name and valid, or served by another index with the same leading column and no condition on UpdateFlag.
SELECT wanted.name
  FROM (VALUES ('conflictvisitmaps_cm_etl_chunk', :'conflict_schema', 'conflictvisitmaps', NULL),
               ('dimpatientaddress_cm_etl_patient', :'analytics_schema', 'dimpatientaddress', 'Patient Id')) AS wanted (name, schema, relation, first_column)
 WHERE EXISTS (
       SELECT FROM pg_index AS i
         JOIN pg_class AS x ON x.oid = i.indexrelid
         LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = to_regclass(format('%I.%I', wanted.schema, wanted.relation)) AND i.indisvalid
          AND (x.relname = wanted.name OR a.attname = wanted.first_column));
