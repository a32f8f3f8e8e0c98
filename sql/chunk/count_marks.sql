SELECT count(*)
  FROM :"ledger".chunk AS k
  JOIN :"conflict".conflictvisitmaps AS c
    ON c."CONFLICTID" IS NOT NULL AND c."UpdateFlag" = 1
   AND :in_range_of_chunk
 WHERE k.run_id = :'run_id' AND k.chunk_id = :'chunk_id'::integer AND k.round = 0  -- a late chunk marks its rows in the transaction that completes it
   AND (k.mark_xids <> '{}' OR k.rows_claimed > 0);  -- otherwise no mark in its range was made by this run
