-- Whether a process works on the run r: the lease of its orchestrator is valid, or a worker holds one of its chunks.
r.state = 'running' AND (r.lease_until > clock_timestamp() OR EXISTS (
  SELECT FROM :"ledger".chunk_status AS c WHERE c.run_id = r.run_id AND c.state = 'processing' AND NOT c.stuck))
