-- In the transaction of a late chunk over the whole window: what the table holds, its own rows included.
UPDATE :"ledger".chunk AS c
   SET found = :'found'::jsonb
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer;
