-- Of a run with delta: where its base run began a chunk, on key borders, in plan order. Cutting there again keeps the ranges that have not changed the
-- same, though the window has moved and rows have come and gone before them.
SELECT k.from_date, k.from_ssn
  FROM :"ledger".chunk AS k
 WHERE k.run_id = :'run_id' AND k.round = 0 AND k.from_id = -9223372036854775808
 ORDER BY k.from_date, k.from_ssn;
