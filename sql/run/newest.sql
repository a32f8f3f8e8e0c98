SELECT run_id FROM :"ledger".run WHERE conflict_schema = :'conflict_schema' ORDER BY number DESC LIMIT 1;
