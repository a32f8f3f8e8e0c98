-- Ends the marking transaction of phase TwoPhase: stores how many rows were marked and by which transaction, and renews the lease for the
-- second transaction.
UPDATE :"ledger".chunk AS c
   SET rows_claimed = c.rows_claimed + :'rows_marked'::bigint,
       mark_xids = CASE WHEN :'rows_marked'::bigint > 0 THEN c.mark_xids || pg_current_xact_id() ELSE c.mark_xids END,
       lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision)
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing';
