-- Clears the marks of one chunk. Rows that this run has confirmed are not marked, and this statement is never run for a chunk that is done.
UPDATE :"conflict".conflictvisitmaps AS c
   SET "UpdateFlag" = NULL
 WHERE c."CONFLICTID" IS NOT NULL
   AND :in_range
   AND c."UpdateFlag" = 1;
