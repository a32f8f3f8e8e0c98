SELECT * FROM :"ledger".run_status WHERE run_id = ANY (:'run_ids'::text[]);
