SELECT s.* FROM :"ledger".run_status AS s
  JOIN :"ledger".run AS r USING (run_id)
 WHERE r.conflict_schema = :'conflict_schema' ORDER BY r.started_at DESC LIMIT :'limit'::integer;
