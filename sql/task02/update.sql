-- The last statement of a chunk: writes the staged values to confirmed pairs, marks the other claimed rows, and counts what was stored.
-- Rows are found again by partition and ctid. The transaction is REPEATABLE READ, so a row that was changed since causes a serialization
-- failure and is not missed. A late chunk writes every row that it examines, so that the row version proves it.
WITH updated AS (
  UPDATE :"conflict".conflictvisitmaps AS c
     SET :assignments, "UpdatedDate" = localtimestamp
    FROM cm_pair AS p
   CROSS JOIN LATERAL (SELECT * FROM cm_visit AS v WHERE v.ctid = p.visit OFFSET 0) AS v1
   CROSS JOIN LATERAL (SELECT * FROM cm_visit AS v WHERE v.ctid = p.con_visit OFFSET 0) AS v2
   WHERE p.holds AND c.ctid = p.row AND c.tableoid = p.part
     -- With skip_unchanged or delta, only rows that differ from the new values are written (:changed of task02/assignments.sql). An equal
     -- row keeps its version and its UpdatedDate, and is counted as confirmed and unchanged. A late chunk writes all rows, and so does a
     -- chunk of a delta run in which nearly all visits have changed.
     AND (:'write_all'::boolean OR :worth_writing)
  -- Here c is the row as stored, after row triggers. Without triggers it equals what was assigned.
  RETURNING :in_key_range IS NOT TRUE AS moved,
            :'row_triggers'::boolean AND (:changed) AS altered
),
to_update AS (  -- the number to expect, because a row that a trigger suppressed is not among the returned rows
  SELECT count(*) AS rows
    FROM :"conflict".conflictvisitmaps AS c
   CROSS JOIN cm_pair AS p
   CROSS JOIN LATERAL (SELECT * FROM cm_visit AS v WHERE v.ctid = p.visit OFFSET 0) AS v1
   CROSS JOIN LATERAL (SELECT * FROM cm_visit AS v WHERE v.ctid = p.con_visit OFFSET 0) AS v2
   WHERE :'row_triggers'::boolean AND p.holds AND c.ctid = p.row AND c.tableoid = p.part AND (:'write_all'::boolean OR :worth_writing)
),
to_mark AS (
  SELECT k.part, k.row
    FROM cm_claimed AS k
   WHERE (k.unmarked OR :'late'::boolean) AND NOT EXISTS (SELECT FROM cm_pair AS p WHERE p.row = k.row AND p.part = k.part AND p.holds)
),
marked AS (  -- later tasks resolve the unconfirmed rows and process the deferred rows
  UPDATE :"conflict".conflictvisitmaps AS c
     SET "UpdateFlag" = 1
    FROM to_mark AS k
   WHERE c.ctid = k.row AND c.tableoid = k.part
  RETURNING c."UpdateFlag" IS NOT DISTINCT FROM 1 AND (NOT :'row_triggers'::boolean OR :kept) AS marked
),
claimed AS (
  SELECT count(*) AS rows, count(*) FILTER (WHERE NOT eligible) AS deferred FROM cm_claimed
),
pair AS (  -- each pair occurs once, unless a look-up key is not unique
  SELECT count(*) FILTER (WHERE holds) AS rows, (SELECT count(*) FROM (SELECT DISTINCT part, row FROM cm_pair WHERE holds) AS p) AS distinct_rows,
         coalesce(sum(width_cuts) FILTER (WHERE holds), 0)::bigint AS width_cuts, count(*) FILTER (WHERE NOT holds) AS doubtful
    FROM cm_pair
),
written AS (SELECT count(*) AS rows, count(*) FILTER (WHERE moved) AS moved, count(*) FILTER (WHERE altered) AS altered FROM updated)
SELECT claimed.rows AS rows_claimed, claimed.deferred AS rows_deferred,
       pair.rows AS rows_confirmed,
       pair.rows - written.rows AS rows_unchanged,
       claimed.rows - pair.rows - claimed.deferred AS rows_unconfirmed,
       (SELECT count(*) FILTER (WHERE m.marked) FROM marked AS m) AS rows_marked,
       (SELECT count(*) FROM to_mark) AS rows_to_mark,
       pair.rows AS rows_paired, pair.distinct_rows AS rows_matched,
       CASE WHEN :'row_triggers'::boolean THEN (SELECT rows FROM to_update) WHEN :'keeps'::boolean AND NOT :'write_all'::boolean THEN written.rows ELSE pair.rows END AS rows_to_update,
       written.rows AS rows_updated,
       written.altered AS rows_altered,
       written.moved AS rows_moved,
       pair.width_cuts,
       (SELECT coalesce(sum(gps_rejects), 0)::bigint FROM cm_visit) AS gps_rejects,
       (SELECT coalesce(sum(unusable_values), 0)::bigint FROM cm_visit) AS unusable_values,
       pair.doubtful AS rows_doubtful
  FROM claimed CROSS JOIN pair CROSS JOIN written;
