-- Of a run with delta: where the visits of a chunk that was worked out stood, for task02/unchanged.sql of the next run. Only if every row that its
-- range now holds was judged by it: none that another chunk moved in, none that was confirmed before its turn.
UPDATE :"ledger".chunk AS k
   SET visits = (SELECT array_agg(DISTINCT v.place) FROM cm_visit AS v)
 WHERE k.run_id = :'run_id' AND k.chunk_id = :'chunk_id'::integer
   AND (SELECT count(*) FROM cm_claimed) = (
       SELECT count(*)
         FROM :"conflict".conflictvisitmaps AS c
        WHERE c."CONFLICTID" IS NOT NULL
          AND :in_range);
