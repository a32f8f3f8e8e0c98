-- The first look of a delta run at everything that its chunks depend on, except the rows of the dimensions and visits. "reference" is a
-- hash of what affects every pair: statements, version and identity of the server, distance multiplier, table definitions and speeds.
-- "comparable" is true when the baseline run has the same reference.
SELECT s.seed, pg_snapshot_xmin(pg_current_snapshot())::text AS look_baseline, s.look::text AS look,
       s.base_look IS NOT NULL AND s.base_look ->> 'reference' = s.look ->> 'reference' AS comparable,
       age(s.base_look_baseline::xid) AS base_age
  FROM (SELECT t.*, t.surroundings || jsonb_build_object('reference', md5(concat_ws(
                 ' ', :'code'::text, version(), (SELECT system_identifier FROM pg_control_system()),
                 :'distance_multiplier'::double precision, t.surroundings ->> 'definition', t.surroundings ->> 'mph'))) AS look
          FROM (SELECT q.seed, b.look AS base_look, b.look_baseline AS base_look_baseline, (:surroundings) AS surroundings
                  FROM (SELECT :'seed'::bigint AS seed) AS q
                  LEFT JOIN :"ledger".run AS b ON b.run_id = :'base_id'::text) AS t) AS s;
