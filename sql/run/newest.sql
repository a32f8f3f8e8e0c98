SELECT run_id FROM :"ledger".run WHERE conflict_schema = :'conflict_schema' ORDER BY started_at DESC LIMIT 1;
