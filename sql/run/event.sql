INSERT INTO :"ledger".event (run_id, chunk_id, attempt, kind, rows, reason)
VALUES (:'run_id', nullif(:'chunk_id'::integer, -1), nullif(:'attempt'::integer, -1), :'kind', :'rows'::bigint, :'reason');
