-- Whether the row c, which was just marked, still has the values that it had before (row w, as the statement's snapshot shows it) in every
-- column that Task 02 reads or writes, apart from UpdateFlag. A row trigger may have changed them. :same compares the two rows.
coalesce((SELECT bool_or(:same)
            FROM :"conflict".conflictvisitmaps AS w
           WHERE w."CONFLICTID" IS NOT NULL AND w."VisitDate" = c."VisitDate" AND coalesce(w."SSN", '') COLLATE "C" = coalesce(c."SSN", '') COLLATE "C" AND w."ID" = c."ID"), false)
