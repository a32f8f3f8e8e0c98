-- Requests a stop of a run when more chunks have failed than max_failed_chunks_percent allows. Chunks in progress are finished.
UPDATE :"ledger".run AS r
   SET stop_requested_at = clock_timestamp(), stop_kind = 'budget', stop_requested_by = '',
       stop_reason = format('%s of %s chunks failed, more than max_failed_chunks_percent %s allows', c.failed, c.total, :'percent'::double precision)
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE k.state IN ('failed', 'quarantined')) AS failed
          FROM :"ledger".chunk AS k
         WHERE k.run_id = :'run_id') AS c
 WHERE r.run_id = :'run_id' AND r.state = 'running' AND r.stop_requested_at IS NULL AND c.failed * 100.0 > :'percent'::double precision * c.total
RETURNING r.stop_reason;
