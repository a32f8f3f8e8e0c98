-- Rows of the window that this run neither confirmed nor marked: they came in, or were released by hand, after their chunk was done.
-- They are not marked, so no sweep can close them; the next run takes them. Confirmed rows that were equal already look the same from
-- here; the ledger has counted them.
SELECT greatest(count(*) - (SELECT coalesce(sum(k.rows_unchanged), 0) FROM :"ledger".chunk AS k WHERE k.run_id = :'run_id'), 0)::bigint
  FROM :"conflict".conflictvisitmaps AS c
 WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date
   AND c."UpdateFlag" IS DISTINCT FROM 1 AND (c."UpdatedDate" IS NULL OR c."UpdatedDate" < :'run_started'::timestamp);
