-- How many rows of the newest run's window are in which state, according to the table and according to the ledger. During a run the two are
-- read at slightly different times. After it, later tasks and users change the table but not the ledger.
-- psql -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/status/check_processing_status.sql
WITH newest AS (
  SELECT r.run_id, r.window_from, r.window_to, r.baseline, r.planned_at IS NOT NULL AS planned
    FROM :"ledger".run AS r
   WHERE r.conflict_schema = :'conflict'
   ORDER BY r.number DESC
   LIMIT 1
),
own AS MATERIALIZED (  -- the transactions that confirmed rows; UpdatedDate is no evidence, other tasks and other time zones write it too
  SELECT k.xid::xid AS xid FROM newest AS n JOIN :"ledger".chunk AS k ON k.run_id = n.run_id AND k.state = 'done' AND k.xid IS NOT NULL
),
stored AS (  -- one scan of the window
  SELECT count(*) FILTER (WHERE c."UpdateFlag" = 1 AND kind.eligible) AS marked,
         count(*) FILTER (WHERE c."UpdateFlag" = 1 AND NOT kind.eligible) AS marked_deferred,
         count(*) FILTER (WHERE c."UpdateFlag" IS DISTINCT FROM 1 AND c.xmin IN (SELECT o.xid FROM own AS o)) AS confirmed,
         -- Older than the run: in a chunk that is done, the row was found equal and not written.
         count(*) FILTER (WHERE c."UpdateFlag" IS DISTINCT FROM 1 AND age(c.xmin) > age(n.baseline::xid)) AS old,
         count(*) FILTER (WHERE c."UpdateFlag" IS DISTINCT FROM 1) AS unmarked
    FROM newest AS n
    JOIN :"conflict".conflictvisitmaps AS c ON c."CONFLICTID" IS NOT NULL AND c."VisitDate" BETWEEN n.window_from AND n.window_to
   CROSS JOIN LATERAL (
         SELECT num_nonnulls(c."InserviceStartDate", c."InserviceEndDate", c."PTOStartDate", c."PTOEndDate", c."ConInserviceStartDate",
                             c."ConInserviceEndDate", c."ConPTOStartDate", c."ConPTOEndDate") = 0 AS eligible) AS kind
),
open AS (  -- the same for chunks that are not done: their marked rows are held, their other rows are pending
  SELECT coalesce(sum(k.marked), 0)::bigint AS marked, coalesce(sum(k.marked_deferred), 0)::bigint AS marked_deferred,
         coalesce(sum(k.confirmed), 0)::bigint AS confirmed, coalesce(sum(k.old), 0)::bigint AS old, coalesce(sum(k.unmarked), 0)::bigint AS unmarked
    FROM newest AS n
    JOIN :"ledger".chunk AS b ON b.run_id = n.run_id AND b.state <> 'done' AND b.round = 0
   CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE c."UpdateFlag" = 1 AND kind.eligible) AS marked,
                count(*) FILTER (WHERE c."UpdateFlag" = 1 AND NOT kind.eligible) AS marked_deferred,
                count(*) FILTER (WHERE c."UpdateFlag" IS DISTINCT FROM 1 AND c.xmin IN (SELECT o.xid FROM own AS o)) AS confirmed,
                count(*) FILTER (WHERE c."UpdateFlag" IS DISTINCT FROM 1 AND age(c.xmin) > age(n.baseline::xid)) AS old,
                count(*) FILTER (WHERE c."UpdateFlag" IS DISTINCT FROM 1) AS unmarked
           FROM :"conflict".conflictvisitmaps AS c
          CROSS JOIN LATERAL (
                SELECT num_nonnulls(c."InserviceStartDate", c."InserviceEndDate", c."PTOStartDate", c."PTOEndDate", c."ConInserviceStartDate",
                                    c."ConInserviceEndDate", c."ConPTOStartDate", c."ConPTOEndDate") = 0 AS eligible) AS kind
          WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" BETWEEN b.from_date AND b.to_date
            AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (b.from_date, b.from_ssn, b.from_id)
            AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (b.to_date, b.to_ssn, b.to_id)) AS k
)
SELECT n.run_id, line.status, line.rows_in_table, line.rows_in_ledger, line.meaning
  FROM newest AS n
  JOIN :"ledger".run_status AS s USING (run_id)
 CROSS JOIN stored AS t
 CROSS JOIN open AS o
 -- Before there is a plan, every row of the window is pending, and no mark was made by this run.
 CROSS JOIN LATERAL (VALUES
       (1, 'locked', CASE WHEN n.planned THEN o.marked + o.marked_deferred ELSE 0 END, s.rows_locked, 'marked, in a chunk that is not done'),
       (2, 'unconfirmed', CASE WHEN n.planned THEN t.marked - o.marked ELSE 0 END, s.rows_unconfirmed, 'marked, chunk done: no live pair, the sweep closes it'),
       (3, 'deferred', CASE WHEN n.planned THEN t.marked_deferred - o.marked_deferred ELSE 0 END, s.rows_deferred,
        'marked, chunk done: in-service or paid time off, for later tasks'),
       (4, 'completed', CASE WHEN n.planned THEN t.confirmed + t.old - o.old ELSE 0 END, s.rows_confirmed, 'updated by this run, or found equal'),
       (5, 'pending', CASE WHEN n.planned THEN o.unmarked - o.confirmed ELSE t.unmarked + t.marked + t.marked_deferred END, s.rows_pending, 'not marked yet'),
       (6, 'missed', CASE WHEN n.planned THEN t.unmarked - t.confirmed - t.old - (o.unmarked - o.confirmed - o.old) ELSE 0 END, s.rows_missed,
        'current version not examined; 0 in a completed run')
       ) AS line (place, status, rows_in_table, rows_in_ledger, meaning)
 ORDER BY line.place;
