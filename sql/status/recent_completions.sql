-- The chunks that were done in the last hour, newest first. Counted by the ledger: UpdatedDate is local time without a zone, and
-- UpdateFlag is not NULL for everything that was processed.
-- psql -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/status/recent_completions.sql
-- The runs are chosen first, so that a year of chunks is not read. A run that ended a day ago has no worker left.
SELECT c.run_id, c.chunk_id, c.finished_at, c.duration, c.rows_claimed, c.rows_confirmed, c.rows_unconfirmed, c.rows_deferred,
       sum(c.rows_confirmed) OVER (ORDER BY c.finished_at DESC, c.chunk_id) AS rows_confirmed_since
  FROM :"ledger".run AS r
 CROSS JOIN LATERAL (
       SELECT * FROM :"ledger".chunk_status AS s
        WHERE s.run_id = r.run_id AND s.state = 'done' AND s.finished_at > statement_timestamp() - interval '1 hour' OFFSET 0) AS c
 WHERE r.conflict_schema = :'conflict' AND (r.finished_at IS NULL OR r.finished_at > statement_timestamp() - interval '1 day')
 ORDER BY c.finished_at DESC, c.chunk_id;
