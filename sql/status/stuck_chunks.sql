-- Chunks of the newest run that do not proceed without help: in state processing without a worker (the next claim takes these over),
-- failed, or quarantined. No row means that nothing is stuck. Rows with UpdateFlag = 1 alone are no sign of it, because unconfirmed and
-- deferred rows keep the flag by design.
-- psql -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/status/stuck_chunks.sql
SELECT c.run_id, c.chunk_id, CASE WHEN c.stuck THEN 'stuck' ELSE c.state END AS state, c.worker, c.attempt,
       clock_timestamp() - coalesce(c.finished_at, c.lease_until) AS since, held.rows AS rows_held, c.sqlstate, c.error
  FROM (SELECT r.run_id
          FROM :"ledger".run AS r
         WHERE r.conflict_schema = :'conflict'
         ORDER BY r.number DESC
         LIMIT 1) AS newest
  JOIN :"ledger".chunk_status AS c USING (run_id)
  JOIN :"ledger".chunk AS b USING (run_id, chunk_id)
 CROSS JOIN LATERAL (
       SELECT count(*) AS rows
         FROM :"conflict".conflictvisitmaps AS v
        WHERE v."CONFLICTID" IS NOT NULL AND v."UpdateFlag" = 1 AND v."VisitDate" BETWEEN b.from_date AND b.to_date
          AND (v."VisitDate", coalesce(v."SSN", '') COLLATE "C", v."ID") >= (b.from_date, b.from_ssn, b.from_id)
          AND (v."VisitDate", coalesce(v."SSN", '') COLLATE "C", v."ID") < (b.to_date, b.to_ssn, b.to_id)) AS held
 WHERE c.stuck OR c.state IN ('failed', 'quarantined')
 ORDER BY c.chunk_id;
