-- Of a run with delta: where the visits of a chunk that was worked out stood, for task02/unchanged.sql of the next run.
UPDATE :"ledger".chunk AS k
   SET visits = (SELECT array_agg(DISTINCT v.place) FROM cm_visit AS v)
 WHERE k.run_id = :'run_id' AND k.chunk_id = :'chunk_id'::integer;
