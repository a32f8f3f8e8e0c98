SELECT at, chunk_id, attempt, kind, actor, rows, reason FROM :"ledger".event WHERE run_id = :'run_id' ORDER BY event_id;
