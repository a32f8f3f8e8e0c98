-- Runs in the transaction of the update, so both are committed or neither is.
UPDATE :"ledger".chunk AS c
   SET state = 'done', lease_until = NULL, not_before = NULL, finished_at = clock_timestamp(), sqlstate = '', error = '',
       rows_claimed = :'rows_claimed'::bigint, rows_confirmed = :'rows_confirmed'::bigint, rows_unchanged = :'rows_unchanged'::bigint,
       rows_unconfirmed = :'rows_unconfirmed'::bigint, rows_deferred = :'rows_deferred'::bigint,
       rows_doubtful = :'rows_doubtful'::bigint, unusable_values = :'unusable_values'::bigint,
       gps_rejects = :'gps_rejects'::bigint, width_cuts = :'width_cuts'::bigint,
       xid = pg_current_xact_id(), stamp = localtimestamp, rows_moved = :'rows_moved'::bigint, relation = :'relation'
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing';
