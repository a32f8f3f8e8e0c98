-- The chunks that a reset would change: those that are stuck, failed or quarantined, or only those that are listed. Never a chunk that is
-- done. A chunk with a valid lease only with force.
SELECT s.chunk_id, s.state, s.worker, s.lease_until, s.attempt, s.state = 'processing' AND NOT s.stuck AS live
  FROM :"ledger".chunk_status AS s
 WHERE s.run_id = :'run_id' AND s.state <> 'done'
   AND (:'all_chunks'::boolean OR s.chunk_id = ANY (:'chunk_ids'::integer[]))
   AND (NOT :'all_chunks'::boolean OR s.stuck OR s.state IN ('failed', 'quarantined') OR (s.state = 'pending' AND s.rows_claimed > 0)
        OR (:'force'::boolean AND s.state = 'processing'))
   AND (:'older_than_seconds'::double precision <= 0
        OR s.started_at < clock_timestamp() - make_interval(secs => :'older_than_seconds'::double precision))
 ORDER BY s.chunk_id;
