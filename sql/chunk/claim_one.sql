-- Claims one chunk by its number, even when a stop of the run was requested. It never claims a chunk of an abandoned run (see
-- claim_next.sql).
UPDATE :"ledger".chunk AS c
   SET state = 'processing', attempt = c.attempt + 1,
       failures = c.failures + (c.state = 'processing')::integer,  -- an attempt that ended with its worker
       worker = :'worker', backend_pid = pg_backend_pid(),
       lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision),
       started_at = clock_timestamp(), finished_at = NULL
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id' AND r.state IN ('running', 'failed', 'stopped', 'timedout')
   -- When a newer run exists, the marks belong to that run.
   AND NOT EXISTS (SELECT FROM :"ledger".run AS n WHERE n.conflict_schema = r.conflict_schema AND n.number > r.number AND n.state <> 'abandoned')
   AND c.run_id = r.run_id
   AND c.chunk_id = (
       SELECT o.chunk_id
         FROM :"ledger".chunk AS o
        WHERE o.run_id = :'run_id' AND o.chunk_id = :'chunk_id'::integer AND o.not_before IS DISTINCT FROM 'infinity'
          AND (o.state IN ('pending', 'failed', 'quarantined') OR (:lease_over))
          FOR UPDATE SKIP LOCKED)
RETURNING c.chunk_id, c.attempt, c.failures, c.from_date, c.from_ssn, c.from_id, c.to_date, c.to_ssn, c.to_id,
          c.estimated_rows, c.keys, c.dates, c.ssns, c.first_date, c.last_date, c.split_key, c.round;
