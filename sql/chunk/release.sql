-- Takes the marks of one chunk back. Rows that this run has confirmed are not marked; rows of done chunks are never touched here.
UPDATE :"conflict".conflictvisitmaps AS c
   SET "UpdateFlag" = NULL
 WHERE c."CONFLICTID" IS NOT NULL
   AND :in_range
   AND c."UpdateFlag" = 1;
