-- Of a run with delta, when no dimension has changed: the counts of the base run's chunk of this very range, if nothing in it has changed either; else
-- no row. Its rows are those that the base run judged when each is the version that the base run's chunk wrote or left, and there are as many; the
-- judgement stands when each of their visits is older than the base run. A row that was not confirmed then is not confirmed now where a
-- visit is missing, whenever that went.
WITH base AS MATERIALIZED (
  SELECT k.xid::xid AS version, k.visits, k.rows_claimed, k.rows_confirmed, k.rows_deferred, k.rows_doubtful
    FROM :"ledger".chunk AS k
   WHERE k.run_id = :'base_id' AND k.state = 'done' AND k.visits IS NOT NULL
     AND (k.from_date, k.from_ssn, k.from_id) = (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
     AND (k.to_date, k.to_ssn, k.to_id) = (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint)
),
pair AS MATERIALIZED (
  SELECT c.tableoid AS part, c.ctid AS row, c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id,
         c.xmin = (SELECT version FROM base) OR age(c.xmin) > :'base_age'::integer AS judged
    FROM :"conflict".conflictvisitmaps AS c
   WHERE EXISTS (SELECT FROM base) AND c."CONFLICTID" IS NOT NULL
     AND :in_range
),
same AS MATERIALIZED (
  SELECT b.* FROM base AS b WHERE b.rows_claimed = (SELECT count(*) FROM pair) AND NOT EXISTS (SELECT FROM pair AS p WHERE NOT p.judged)
),
-- Most visits still stand where the base run found them, and a look there costs a quarter of one by key. It is no more than a hint: what stands
-- there now tells its own id and age. The window moves from day to day; what it has left or reached counts as changed.
remembered AS MATERIALIZED (
  SELECT v."Visit Id" AS visit_id, v.ctid AS place
    FROM :"analytics".factvisitcallperformance_cr AS v
   WHERE v.ctid = ANY ((SELECT s.visits FROM same AS s)::tid[]) AND age(v.xmin) > :'base_age'::integer
     AND v."Visit Date" BETWEEN :'base_from'::date AND :'base_to'::date = v."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date
),
other AS MATERIALIZED (
  SELECT n.visit_id, f.place, f.old
    FROM (SELECT visit_id FROM pair WHERE EXISTS (SELECT FROM same) AND visit_id NOT IN (SELECT r.visit_id FROM remembered AS r)
           UNION
          SELECT con_visit_id FROM pair WHERE EXISTS (SELECT FROM same) AND con_visit_id NOT IN (SELECT r.visit_id FROM remembered AS r)) AS n
    LEFT JOIN LATERAL (
         SELECT v.ctid AS place,
                age(v.xmin) > :'base_age'::integer
                AND v."Visit Date" BETWEEN :'base_from'::date AND :'base_to'::date = v."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date AS old
           FROM :"analytics".factvisitcallperformance_cr AS v WHERE v."Visit Id" = n.visit_id OFFSET 0) AS f ON true
),
unchanged AS MATERIALIZED (
  SELECT s.*
    FROM same AS s
   WHERE NOT EXISTS (SELECT FROM other AS o WHERE NOT o.old)
     AND NOT EXISTS (
         SELECT FROM pair AS p
          CROSS JOIN LATERAL (
                SELECT c."UpdateFlag" IS NOT DISTINCT FROM 1 AS marked
                  FROM :"conflict".conflictvisitmaps AS c WHERE c.ctid = p.row AND c.tableoid = p.part OFFSET 0) AS c
          WHERE NOT c.marked AND (p.visit_id IN (SELECT o.visit_id FROM other AS o WHERE o.old IS NULL)
                                  OR p.con_visit_id IN (SELECT o.visit_id FROM other AS o WHERE o.old IS NULL)))
),
remember AS (
  UPDATE :"ledger".chunk AS k
     SET visits = CASE WHEN EXISTS (SELECT FROM other AS o WHERE o.old)
                       THEN (SELECT array_agg(place) FROM (SELECT place FROM remembered UNION SELECT place FROM other WHERE old) AS f) ELSE u.visits END
    FROM unchanged AS u
   WHERE k.run_id = :'run_id' AND k.chunk_id = :'chunk_id'::integer
)
SELECT u.rows_claimed, u.rows_confirmed, u.rows_confirmed AS rows_unchanged, u.rows_deferred,
       0::bigint AS rows_marked, 0::bigint AS rows_to_mark, 0::bigint AS rows_paired, 0::bigint AS rows_matched, 0::bigint AS rows_to_update, 0::bigint AS rows_updated,
       0::bigint AS rows_altered, 0::bigint AS rows_moved, 0::bigint AS width_cuts, 0::bigint AS gps_rejects, 0::bigint AS unusable_values,
       u.rows_doubtful
  FROM unchanged AS u;
