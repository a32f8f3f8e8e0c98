-- The last step of a chunk: confirmed pairs take over what was staged, what matched nothing is marked, and both are counted.
-- Rows are found again by partition and ctid: the transaction is REPEATABLE READ, so a row that has moved since is a serialization failure,
-- not a miss.
WITH updated AS (
  UPDATE :"conflict".conflictvisitmaps AS c
     SET :assignments, "UpdatedDate" = localtimestamp
    FROM cm_pair AS p
   CROSS JOIN LATERAL (SELECT * FROM cm_visit AS v WHERE v.ctid = p.visit OFFSET 0) AS v1
   CROSS JOIN LATERAL (SELECT * FROM cm_visit AS v WHERE v.ctid = p.con_visit OFFSET 0) AS v2
   WHERE c.ctid = p.row AND c.tableoid = p.part
     -- All, or :changed of task02/assignments.sql: then a row that would be written as it is keeps its version, and its UpdatedDate; the ledger
     -- counts it as confirmed.
     AND (:worth_writing)
  RETURNING 1
),
marked AS (  -- what matched nothing stays, or becomes, marked: a later task closes it
  UPDATE :"conflict".conflictvisitmaps AS c
     SET "UpdateFlag" = 1
    FROM cm_claimed AS k
   WHERE c.ctid = k.row AND c.tableoid = k.part AND k.unmarked AND NOT k.quiet
     AND NOT EXISTS (SELECT FROM cm_pair AS p WHERE p.row = k.row AND p.part = k.part)
  RETURNING 1
),
pair AS (SELECT count(*) AS confirmed, coalesce(sum(width_cuts), 0)::bigint AS width_cuts FROM cm_pair)
SELECT count(*) AS rows_claimed,
       count(*) FILTER (WHERE NOT eligible) AS rows_deferred,
       (SELECT confirmed FROM pair) + count(*) FILTER (WHERE quiet AND confirmed) AS rows_confirmed,
       (SELECT confirmed FROM pair) + count(*) FILTER (WHERE quiet AND confirmed) - (SELECT count(*) FROM updated) AS rows_unchanged,
       (SELECT count(*) FROM marked) AS rows_marked,
       (SELECT width_cuts FROM pair) AS width_cuts,
       (SELECT coalesce(sum(gps_rejects), 0)::bigint FROM cm_visit) AS gps_rejects
  FROM cm_claimed;
