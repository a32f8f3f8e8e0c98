-- Claims the next chunk of a running run for this session. The heaviest chunk comes first, so that no large chunk is left running alone at
-- the end. A claim whose snapshot is older than an abandonment re-reads the chunk when it locks it, finds not_before = infinity and skips
-- it. A chunk in state processing is taken over when its lease has expired and no transaction holds its row. A live worker holds the row
-- lock, so SKIP LOCKED skips its chunk.
UPDATE :"ledger".chunk AS c
   SET state = 'processing', attempt = c.attempt + 1,
       failures = c.failures + (c.state = 'processing')::integer,  -- an attempt that ended with its worker
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
            OR (:lease_over))
        ORDER BY o.cost DESC, o.chunk_id
        LIMIT 1
          FOR UPDATE SKIP LOCKED)
RETURNING c.chunk_id, c.attempt, c.failures, c.from_date, c.from_ssn, c.from_id, c.to_date, c.to_ssn, c.to_id,
          c.estimated_rows, c.keys, c.dates, c.ssns, c.first_date, c.last_date, c.split_key, c.round;
