-- Tells a worker that claimed no chunk what to do: seconds until the next chunk may be due, or null when no chunk is left. A claim without
-- a result does not end the work, because a chunk in state processing may become pending again. If a chunk outlives its lease, its worker
-- is still alive: the result is then one second. In a suspended run, due chunks wait as well.
SELECT extract(epoch FROM min(CASE WHEN c.state = 'pending' THEN coalesce(c.not_before, clock_timestamp())
                                   ELSE greatest(c.lease_until, clock_timestamp() + interval '1 second') END)
         - clock_timestamp())::double precision AS seconds
  FROM :"ledger".chunk AS c
  JOIN :"ledger".run AS r ON r.run_id = c.run_id AND r.state = 'running' AND r.stop_requested_at IS NULL
   AND (r.stop_at IS NULL OR r.stop_at > clock_timestamp())
 WHERE c.run_id = :'run_id' AND c.state IN ('pending', 'processing');
