-- Runs that a process leads or works on at the moment, according to their leases.
SELECT r.run_id
  FROM :"ledger".run AS r
 WHERE r.state = 'running'
   AND (r.lease_until > clock_timestamp() OR EXISTS (
       SELECT FROM :"ledger".chunk AS c WHERE c.run_id = r.run_id AND c.state = 'processing' AND c.lease_until > clock_timestamp()))
 ORDER BY r.run_id;
