-- Nothing has changed in this range, so this chunk takes over the fingerprints of the baseline run's chunk.
UPDATE :"ledger".chunk AS c
   SET fingerprint_id = :'fingerprint_id'::bigint
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer;
