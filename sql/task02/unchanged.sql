-- Of a run with delta, when no dimension has changed: the counts of the base run's chunk of this very range, if nothing in it has changed either; else
-- no row. Its rows are those that the base run judged when each is the version that the base run's chunk wrote or left, and there are as many; the
-- judgement stands when each of their visits is older than the base run. A row that was not confirmed then is not confirmed now where a
-- visit is missing, whenever that went.
WITH base AS MATERIALIZED (
  SELECT k.xid::xid AS version, k.visits, k.rows_claimed, k.rows_confirmed, k.rows_deferred
    FROM :"ledger".chunk AS k
   WHERE k.run_id = :'base_id' AND k.chunk_id = :'chunk_id'::integer AND k.state = 'done'
     AND (k.from_date, k.from_ssn, k.from_id) = (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
     AND (k.to_date, k.to_ssn, k.to_id) = (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint)
),
pair AS MATERIALIZED (
  SELECT c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id, c."UpdateFlag" IS NOT DISTINCT FROM 1 AS marked,
         c.xmin = (SELECT version FROM base)
         OR (age(c.xmin) > :'base_age'::integer AND (c."UpdatedDate" IS NULL OR c."UpdatedDate" < :'base_started'::timestamp)) AS judged
    FROM :"conflict".conflictvisitmaps AS c
   WHERE EXISTS (SELECT FROM base) AND c."CONFLICTID" IS NOT NULL
     AND c."VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date
     AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (:'from_date'::date, :'from_ssn'::text, :'from_id'::bigint:::id_type)
     AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (:'to_date'::date, :'to_ssn'::text, :'to_id'::bigint:::id_type)
),
same AS MATERIALIZED (
  SELECT b.* FROM base AS b WHERE b.rows_claimed = (SELECT count(*) FROM pair) AND NOT EXISTS (SELECT FROM pair AS p WHERE NOT p.judged)
),
named AS MATERIALIZED (
  SELECT visit_id FROM pair WHERE EXISTS (SELECT FROM same) UNION SELECT con_visit_id FROM pair WHERE EXISTS (SELECT FROM same)
),
-- Most visits still stand where the base run found them, and a look there costs a quarter of one by key. It is no more than a hint: what stands
-- there now tells its own id and age.
remembered AS MATERIALIZED (
  SELECT f.*
    FROM same AS s
   CROSS JOIN LATERAL unnest(s.visits) AS h (place)
   CROSS JOIN LATERAL (
         SELECT v."Visit Id" AS visit_id, v.ctid AS place, age(v.xmin) AS age, v."Visit Date" AS date
           FROM :"analytics".factvisitcallperformance_cr AS v WHERE v.ctid = h.place OFFSET 0) AS f
),
found AS MATERIALIZED (
  SELECT r.* FROM named AS n JOIN remembered AS r ON r.visit_id = n.visit_id
   UNION ALL
  SELECT f.*
    FROM named AS n
   CROSS JOIN LATERAL (
         SELECT v."Visit Id", v.ctid, age(v.xmin), v."Visit Date"
           FROM :"analytics".factvisitcallperformance_cr AS v WHERE v."Visit Id" = n.visit_id OFFSET 0) AS f
   WHERE n.visit_id NOT IN (SELECT r.visit_id FROM remembered AS r)
),
unchanged AS MATERIALIZED (
  SELECT s.*
    FROM same AS s
   WHERE NOT EXISTS (  -- the window moves from day to day: what it has left or reached counts as changed
         SELECT FROM found AS f
          WHERE NOT (f.age > :'base_age'::integer
                     AND f.date BETWEEN :'base_from'::date AND :'base_to'::date = f.date BETWEEN :'window_from'::date AND :'window_to'::date))
     AND NOT EXISTS (
         SELECT FROM pair AS p
          WHERE NOT p.marked AND (p.visit_id NOT IN (SELECT f.visit_id FROM found AS f) OR p.con_visit_id NOT IN (SELECT f.visit_id FROM found AS f)))
),
remember AS (
  UPDATE :"ledger".chunk AS k
     SET visits = (SELECT array_agg(DISTINCT f.place) FROM found AS f)
    FROM unchanged
   WHERE k.run_id = :'run_id' AND k.chunk_id = :'chunk_id'::integer
)
SELECT u.rows_claimed, u.rows_confirmed, u.rows_confirmed AS rows_unchanged, u.rows_deferred,
       0::bigint AS rows_marked, 0::bigint AS width_cuts, 0::bigint AS gps_rejects
  FROM unchanged AS u;
