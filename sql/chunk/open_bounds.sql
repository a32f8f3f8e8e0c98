-- Ranges of the chunks that are not done. Once their run is given up nobody confirms their rows, so no row there may stay marked: a sweep
-- would close conflicts that are alive.
SELECT c.from_date, c.from_ssn, c.from_id, c.to_date, c.to_ssn, c.to_id
  FROM :"ledger".chunk AS c WHERE c.run_id = :'run_id' AND c.state <> 'done' AND c.round = 0 ORDER BY c.chunk_id;
