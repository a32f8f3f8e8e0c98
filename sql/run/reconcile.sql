-- Counts the rows of the window at the end of a run in one scan, next to the sums that the run's chunks have stored. Late rows are those
-- whose current version no chunk has examined: they were added, marked or changed after their chunk had read them, or their relation has
-- replaced the one that was read.
SELECT t.*, l.*
  FROM (SELECT count(*) AS rows,
               count(*) FILTER (WHERE NOT c.examined) AS late,
               count(*) FILTER (WHERE c.examined AND NOT c.marked AND NOT c.old) AS written,
               count(*) FILTER (WHERE c.examined AND NOT c.marked AND c.old) AS unchanged,
               count(*) FILTER (WHERE c.examined AND c.marked AND c.eligible) AS unconfirmed,
               count(*) FILTER (WHERE c.examined AND c.marked AND NOT c.eligible) AS deferred
          FROM (SELECT c."UpdateFlag" IS NOT DISTINCT FROM 1 AS marked,
                       age(c.xmin) > (SELECT age(r.baseline::xid) FROM :"ledger".run AS r WHERE r.run_id = :'run_id') AS old,
                       :eligible AS eligible,
                       :examined AS examined
                  FROM :"conflict".conflictvisitmaps AS c
                 WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date) AS c) AS t
 CROSS JOIN (
       SELECT coalesce(sum(k.rows_confirmed - k.rows_unchanged), 0)::bigint AS chunks_written, coalesce(sum(k.rows_unchanged), 0)::bigint AS chunks_unchanged,
              coalesce(sum(k.rows_unconfirmed + k.rows_deferred), 0)::bigint AS chunks_marked
         FROM :"ledger".chunk AS k WHERE k.run_id = :'run_id' AND k.state = 'done') AS l;
