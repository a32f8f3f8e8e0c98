-- :sources of the other statements in delta/. Returns the rows of the dimension named by :'source' that Task 02 can find, with a hash of
-- the key that visits refer to and a fingerprint of the columns that are read. Columns and conditions are those of task02/stage_2_visit.sql
-- (DeltaColumnTests compares the columns). An excluded agency or caregiver counts as missing. The planner removes the branches of the other
-- dimensions.
SELECT hashtextextended(d."Caregiver Id"::text, :'seed'::bigint) AS key, d.xmin AS version,
       hash_record_extended(ROW(trim(d."SSN"), d."Caregiver Code", d."Caregiver Fullname", d."Caregiver Firstname", d."Caregiver Lastname",
                                d."Status"), :'seed'::bigint) AS content
  FROM :"analytics".dimcaregiver AS d
 WHERE :'source' = 'dimcaregiver' AND trim(d."SSN") <> ''
   AND NOT EXISTS (SELECT FROM :"conflict".excluded_ssn AS x WHERE trim(x."SSN") = trim(d."SSN"))
UNION ALL
SELECT hashtextextended(d."Provider Id"::text, :'seed'::bigint), d.xmin,
       hash_record_extended(ROW(d."Provider Name", d."Federal Tax Number"), :'seed'::bigint)
  FROM :"analytics".dimprovider AS d
 WHERE :'source' = 'dimprovider' AND d."Is Active" AND NOT d."Is Demo"
   AND NOT EXISTS (SELECT FROM :"conflict".excluded_agency AS x WHERE x."ProviderID" = d."Provider Id")
UNION ALL
SELECT hashtextextended(d."Patient Id"::text, :'seed'::bigint), d.xmin,
       hash_record_extended(ROW(d."Admission Id", d."Patient Name", d."Patient Firstname", d."Patient Lastname", d."Medicaid Number"),
                            :'seed'::bigint)
  FROM :"analytics".dimpatient AS d
 WHERE :'source' = 'dimpatient'
UNION ALL
-- By patient: the content of all addresses of a patient determines which of them is chosen.
SELECT hashtextextended(d."Patient Id"::text, :'seed'::bigint), d.xmin,
       hash_record_extended(ROW(d."Patient Address Id", d."Application Patient Address Id", d."Address Line 1", d."Address Line 2",
                                d."City", d."Address State", d."Zip Code", d."County", d."Latitude", d."Longitude", d."Application Created UTC Timestamp"), :'seed'::bigint)
  FROM :"analytics".dimpatientaddress AS d
 WHERE :'source' = 'dimpatientaddress' AND d."Primary Address" AND d."Address Type" COLLATE "C" LIKE '%GPS%' AND d."Patient Id" IS NOT NULL
UNION ALL
SELECT hashtextextended(d."Office Id"::text, :'seed'::bigint), d.xmin, hash_record_extended(ROW(d."Office Name"), :'seed'::bigint)
  FROM :"analytics".dimoffice AS d
 WHERE :'source' = 'dimoffice' AND d."Is Active"
UNION ALL
SELECT hashtextextended(d."Payer Id"::text, :'seed'::bigint), d.xmin,
       hash_record_extended(ROW(d."Payer Name", d."Payer State"), :'seed'::bigint)
  FROM :"analytics".dimpayer AS d
 WHERE :'source' = 'dimpayer' AND d."Is Active" AND NOT d."Is Demo"
UNION ALL
SELECT hashtextextended(d."Contract Id"::text, :'seed'::bigint), d.xmin, hash_record_extended(ROW(d."Contract Name"), :'seed'::bigint)
  FROM :"analytics".dimcontract AS d
 WHERE :'source' = 'dimcontract' AND d."Is Active"
UNION ALL
SELECT hashtextextended(d."Service Code Id"::text, :'seed'::bigint), d.xmin,
       hash_record_extended(ROW(d."Application Service Code Id", d."Service Code"), :'seed'::bigint)
  FROM :"analytics".dimservicecode AS d
 WHERE :'source' = 'dimservicecode'
UNION ALL
SELECT hashtextextended(d."User Id"::text, :'seed'::bigint), d.xmin, hash_record_extended(ROW(d."User Fullname"), :'seed'::bigint)
  FROM :"analytics".dimuser AS d
 WHERE :'source' = 'dimuser'
