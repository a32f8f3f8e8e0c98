-- Which relation conflictvisitmaps is in this transaction, as run/relations.sql names it, and whether row triggers may change what is written to it.
WITH RECURSIVE relation AS (
  SELECT to_regclass(format('%I.conflictvisitmaps', :'conflict_schema'))::oid AS oid
   UNION ALL
  SELECT i.inhrelid FROM relation AS r JOIN pg_inherits AS i ON i.inhparent = r.oid
)
SELECT coalesce(md5(string_agg(concat_ws(':', r.oid, pg_relation_filenode(r.oid)), ',' ORDER BY r.oid)), '') AS relation,
       coalesce(bool_or(EXISTS (
         SELECT FROM pg_trigger AS t WHERE t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 1 = 1)), false) AS row_triggers  -- 1: FOR EACH ROW
  FROM relation AS r;
