-- Chunks that were completed in the last hour, newest first. Counted by the ledger, because UpdatedDate is local time without a zone, and
-- UpdateFlag is not NULL for every processed row.
-- psql -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/status/recent_completions.sql
-- Runs are selected first, to avoid reading a year of chunks. A run that ended a day ago has no worker left.
SELECT c.run_id, c.chunk_id, c.finished_at, c.duration, c.rows_claimed, c.rows_confirmed, c.rows_unconfirmed, c.rows_deferred,
       sum(c.rows_confirmed) OVER (ORDER BY c.finished_at DESC, c.chunk_id) AS rows_confirmed_since
  FROM :"ledger".run AS r
 CROSS JOIN LATERAL (
       SELECT * FROM :"ledger".chunk_status AS s
        WHERE s.run_id = r.run_id AND s.state = 'done' AND s.finished_at > statement_timestamp() - interval '1 hour' OFFSET 0) AS c
 WHERE r.conflict_schema = :'conflict' AND (r.finished_at IS NULL OR r.finished_at > statement_timestamp() - interval '1 day')
 ORDER BY c.finished_at DESC, c.chunk_id;
