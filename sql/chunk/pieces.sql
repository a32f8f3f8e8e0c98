-- What has become of a chunk's range: the chunk itself, or, when it was cut, its pieces. One in work or done is not tried again by asking for it.
SELECT c.chunk_id
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.round = :'round'::integer
   AND (c.from_date, c.from_ssn, c.from_id) >= (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
   AND (c.to_date, c.to_ssn, c.to_id) <= (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint)
 ORDER BY c.from_date, c.from_ssn, c.from_id;
