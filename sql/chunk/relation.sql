-- Which relation conflictvisitmaps is in this transaction, as run/relations.sql names it.
WITH RECURSIVE relation AS (
  SELECT to_regclass(format('%I.conflictvisitmaps', :'conflict_schema'))::oid AS oid
   UNION ALL
  SELECT i.inhrelid FROM relation AS r JOIN pg_inherits AS i ON i.inhparent = r.oid
)
SELECT coalesce(md5(string_agg(concat_ws(':', r.oid, pg_relation_filenode(r.oid)), ',' ORDER BY r.oid)), '') AS relation
  FROM relation AS r;
