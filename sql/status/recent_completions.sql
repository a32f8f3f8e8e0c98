-- The chunks that were done in the last hour, newest first. Counted by the ledger: UpdatedDate is local time without a zone, and
-- UpdateFlag is not NULL for everything that was processed.
-- psql -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/status/recent_completions.sql
SELECT c.run_id, c.chunk_id, c.finished_at, c.duration, c.rows_claimed, c.rows_confirmed, c.rows_unconfirmed, c.rows_deferred,
       sum(c.rows_confirmed) OVER (ORDER BY c.finished_at DESC, c.chunk_id) AS rows_confirmed_since
  FROM :"ledger".chunk_status AS c
  JOIN :"ledger".run AS r USING (run_id)
 WHERE r.conflict_schema = :'conflict' AND c.state = 'done' AND c.finished_at > clock_timestamp() - interval '1 hour'
 ORDER BY c.finished_at DESC, c.chunk_id;
