-- In a database that does not check encodings (SQL_ASCII): whether the SSN of a stored pair of the window contains a byte outside ASCII.
-- Planning reads the same keys.
SELECT EXISTS (SELECT FROM :"conflict".conflictvisitmaps AS c
                WHERE current_setting('server_encoding') = 'SQL_ASCII' AND c."CONFLICTID" IS NOT NULL
                  AND c."VisitDate" BETWEEN :first_day AND :last_day
                  AND c."SSN" COLLATE "C" ~ '[^\x01-\x7f]') AS foreign_bytes,
       current_setting('server_encoding') = 'SQL_ASCII' AS unchecked;
