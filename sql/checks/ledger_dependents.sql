-- Objects that depend on the ledger's views and would prevent them from being dropped.
WITH view AS (
  SELECT c.oid, c.reltype
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
   WHERE n.nspname = :'ledger_schema' AND c.relname IN ('chunk_status', 'run_status') AND c.relkind = 'v'
)
SELECT DISTINCT pg_describe_object(object.class, object.oid, 0) AS dependent
  FROM pg_depend AS d
  LEFT JOIN pg_rewrite AS rule ON d.classid = 'pg_rewrite'::regclass AND rule.oid = d.objid
 CROSS JOIN LATERAL (
       SELECT CASE WHEN rule.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass::oid END AS class, coalesce(rule.ev_class, d.objid) AS oid) AS object
 WHERE d.deptype = 'n' AND object.oid NOT IN (SELECT oid FROM view)
   AND ((d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM view))
        OR (d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT reltype FROM view)))
 ORDER BY dependent;
