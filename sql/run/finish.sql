UPDATE :"ledger".run
   SET state = :'state', reason = :'reason', finished_at = clock_timestamp(), rows_missed = :'rows_missed'::bigint
 WHERE run_id = :'run_id' AND attempt = :'attempt'::integer AND state = 'running';
