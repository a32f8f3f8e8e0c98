-- The names of tables that were replaced since the plan was made, and the number of planned rows.
SELECT coalesce(r.planned_rows, 0) AS planned_rows,
       coalesce((SELECT string_agg(p.key, ', ' ORDER BY p.key)
                   FROM jsonb_each_text(r.relations) AS p
                   LEFT JOIN jsonb_each_text(:'relations'::jsonb) AS n ON n.key = p.key
                  WHERE n.value IS DISTINCT FROM p.value), '') AS replaced
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id';
