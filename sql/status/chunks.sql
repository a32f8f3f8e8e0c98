SELECT * FROM :"ledger".chunk_status WHERE run_id = :'run_id' ORDER BY chunk_id;
