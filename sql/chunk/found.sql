-- Runs in the transaction of a late chunk that covers the whole window. Stores the counts of the table, which include the rows written by
-- this chunk.
UPDATE :"ledger".chunk AS c
   SET found = :'found'::jsonb
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer;
