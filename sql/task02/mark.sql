-- Phase 1 of a chunk. UpdateFlag = 1 means "to be confirmed in this run, not confirmed yet".
WITH marked AS (
  UPDATE :"conflict".conflictvisitmaps AS c
     SET "UpdateFlag" = 1
   WHERE c."CONFLICTID" IS NOT NULL
     AND :in_range
     AND c."UpdateFlag" IS DISTINCT FROM 1
     -- Rows that the update of another chunk moved into this range were examined there.
     AND NOT EXISTS (
         SELECT FROM :"ledger".chunk AS k
          WHERE k.run_id = :'run_id' AND k.rows_moved > 0 AND k.state = 'done' AND k.xid::xid = c.xmin AND k.stamp = c."UpdatedDate")
  RETURNING c."UpdateFlag" IS NOT DISTINCT FROM 1 AND (NOT :'row_triggers'::boolean OR :kept) AS stored
)
SELECT count(*) AS rows, count(*) FILTER (WHERE stored) AS stored FROM marked;
