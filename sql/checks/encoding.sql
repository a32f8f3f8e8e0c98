-- In a database that checks no encoding: whether the SSN of a stored pair of the window has a byte outside ASCII. Planning reads all of these keys as well.
SELECT EXISTS (SELECT FROM :"conflict".conflictvisitmaps AS c
                WHERE current_setting('server_encoding') = 'SQL_ASCII' AND c."CONFLICTID" IS NOT NULL
                  AND c."VisitDate" BETWEEN :first_day AND :last_day
                  AND c."SSN" COLLATE "C" ~ '[^\x01-\x7f]') AS foreign_bytes,
       current_setting('server_encoding') = 'SQL_ASCII' AS unchecked;
