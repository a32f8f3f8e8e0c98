-- Marks the rows of a chunk before they are processed (mark mode TwoPhase), including deferred rows. UpdateFlag = 1 means that the run has
-- not confirmed the row yet. Later tasks process deferred rows, and resolve rows that are still marked afterwards.
WITH marked AS (
  UPDATE :"conflict".conflictvisitmaps AS c
     SET "UpdateFlag" = 1
   WHERE c."CONFLICTID" IS NOT NULL
     AND :in_range
     AND c."UpdateFlag" IS DISTINCT FROM 1
     -- Leaves out rows that the update of another chunk moved into this range, because they were examined there. xid and stamp together
     -- identify the row versions that an update wrote.
     AND NOT EXISTS (
         SELECT FROM :"ledger".chunk AS k
          WHERE k.run_id = :'run_id' AND k.rows_moved > 0 AND k.state = 'done' AND k.xid::xid = c.xmin AND k.stamp = c."UpdatedDate")
  -- Here c is the row as stored, after row triggers. The engine rolls back if a trigger changed the mark or another column.
  RETURNING c."UpdateFlag" IS NOT DISTINCT FROM 1 AND (NOT :'row_triggers'::boolean OR :kept) AS stored
)
SELECT count(*) AS rows, count(*) FILTER (WHERE stored) AS stored FROM marked;
