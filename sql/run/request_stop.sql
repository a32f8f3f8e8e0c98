UPDATE :"ledger".run SET stop_requested_at = clock_timestamp() WHERE run_id = :'run_id' AND state = 'running' AND stop_requested_at IS NULL;
