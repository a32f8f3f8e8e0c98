-- Ranges of the chunks that still hold marks of their own.
SELECT c.from_date, c.from_ssn, c.from_id, c.to_date, c.to_ssn, c.to_id
  FROM :"ledger".chunk AS c WHERE c.run_id = :'run_id' AND c.state <> 'done' AND c.rows_claimed > 0 ORDER BY c.chunk_id;
