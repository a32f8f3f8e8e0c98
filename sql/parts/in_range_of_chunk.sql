-- As in_range.sql, with the bounds of the ledger's chunk k.
c."VisitDate" BETWEEN k.from_date AND k.to_date
AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (k.from_date, k.from_ssn, k.from_id)
AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (k.to_date, k.to_ssn, k.to_id)
