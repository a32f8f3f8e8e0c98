-- The next chunk of a running run for this session: heaviest first, so that no straggler ends the run alone.
-- A claim whose snapshot is older than an abandonment finds not_before at infinity when it locks the chunk, and leaves it.
-- A chunk in work is taken over when its lease is over and no transaction holds its row: a live worker's row lock makes SKIP LOCKED pass it by.
UPDATE :"ledger".chunk AS c
   SET state = 'processing', attempt = c.attempt + 1,
       failures = c.failures + (c.state = 'processing')::integer,  -- an attempt that was lost with its worker
       worker = :'worker', backend_pid = pg_backend_pid(),
       lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision),
       started_at = clock_timestamp(), finished_at = NULL
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id' AND r.state = 'running' AND r.stop_requested_at IS NULL AND r.suspended_at IS NULL
   AND (r.stop_at IS NULL OR r.stop_at > clock_timestamp())
   AND c.run_id = r.run_id
   AND c.chunk_id = (
       SELECT o.chunk_id
         FROM :"ledger".chunk AS o
        WHERE o.run_id = :'run_id'
          AND ((o.state = 'pending' AND (o.not_before IS NULL OR o.not_before <= clock_timestamp()))
            OR (o.state = 'processing' AND o.lease_until < clock_timestamp()))
        ORDER BY o.cost DESC, o.chunk_id
        LIMIT 1
          FOR UPDATE SKIP LOCKED)
RETURNING c.chunk_id, c.attempt, c.failures, c.from_date, c.from_ssn, c.from_id, c.to_date, c.to_ssn, c.to_id,
          c.estimated_rows, c.keys, c.dates, c.ssns, c.first_date, c.last_date, c.split_key, c.round;
