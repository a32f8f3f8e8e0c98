-- The pairs c in the range of a chunk: half-open, by (VisitDate, SSN, ID). The first line is for the index on VisitDate.
c."VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date AND :in_key_range
