-- The chunks that cover a range today: the chunk itself or, if it was split, the chunks that it was split into. A retry by number skips
-- those that are in state processing or done.
SELECT c.chunk_id
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.round = :'round'::integer
   AND (c.from_date, c.from_ssn, c.from_id) >= (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
   AND (c.to_date, c.to_ssn, c.to_id) <= (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint)
 ORDER BY c.from_date, c.from_ssn, c.from_id;
