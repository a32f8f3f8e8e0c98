-- For a delta run: the key borders at which its baseline run began a chunk, in plan order. Splitting there again keeps unchanged ranges the
-- same, although the window has moved and rows before them were added or deleted.
SELECT k.from_date, k.from_ssn
  FROM :"ledger".chunk AS k
 WHERE k.run_id = :'run_id' AND k.round = 0 AND k.from_id = -9223372036854775808
 ORDER BY k.from_date, k.from_ssn;
