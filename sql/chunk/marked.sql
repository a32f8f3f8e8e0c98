-- Ends the mark transaction of TwoPhase: how many rows are held, and a fresh lease for the second transaction.
UPDATE :"ledger".chunk AS c
   SET rows_claimed = c.rows_claimed + :'rows_marked'::bigint,
       lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision)
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing';
