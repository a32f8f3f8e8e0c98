-- What a worker that found nothing to claim should do: seconds until the next chunk may be due, or null when nothing is left.
-- An empty claim is not the end: chunks in work may still come back. One that outlives its lease has a live worker; look again in a second.
-- In a suspended run chunks that are due wait as well.
SELECT extract(epoch FROM min(CASE WHEN c.state = 'pending' THEN coalesce(c.not_before, clock_timestamp())
                                   ELSE greatest(c.lease_until, clock_timestamp() + interval '1 second') END)
         - clock_timestamp())::double precision AS seconds
  FROM :"ledger".chunk AS c
  JOIN :"ledger".run AS r ON r.run_id = c.run_id AND r.state = 'running' AND r.stop_requested_at IS NULL
   AND (r.stop_at IS NULL OR r.stop_at > clock_timestamp())
 WHERE c.run_id = :'run_id' AND c.state IN ('pending', 'processing');
