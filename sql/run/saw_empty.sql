-- Chunks that confirmed nothing because a table was empty in their snapshot, by table. The table may have been loaded again since. A chunk
-- that was processed again has another attempt.
SELECT e.reason, min(c.chunk_id) AS chunk_id, count(*) AS chunks
  FROM :"ledger".event AS e
  JOIN :"ledger".chunk AS c ON c.run_id = e.run_id AND c.chunk_id = e.chunk_id AND c.attempt = e.attempt AND c.state = 'done'
 WHERE e.run_id = :'run_id' AND e.kind = 'table empty'
 GROUP BY e.reason
 ORDER BY e.reason;
