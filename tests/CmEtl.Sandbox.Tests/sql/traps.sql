-- One query per trap. Each must return rows. "paired" contains the visits that stored pairs refer to.
CREATE TEMP VIEW paired AS
SELECT DISTINCT f.*, c."SSN", c."Status", p."Provider Name", p."Is Active", p."Is Demo"
FROM conflict.conflictvisitmaps AS m
JOIN analytics.factvisitcallperformance_cr AS f ON f."Visit Id" IN (m."VisitID", m."ConVisitID")
JOIN analytics.dimcaregiver AS c ON c."Caregiver Id" = f."Caregiver Id"
JOIN analytics.dimprovider AS p ON p."Provider Id" = f."Provider Id";

CREATE TEMP VIEW both_sides AS
SELECT m.*, a."Visit Date" AS date_1, b."Visit Date" AS date_2, a."SSN" AS ssn_1, b."SSN" AS ssn_2
FROM conflict.conflictvisitmaps AS m
JOIN paired AS a ON a."Visit Id" = m."VisitID"
JOIN paired AS b ON b."Visit Id" = m."ConVisitID";

CREATE TEMP VIEW gps AS
SELECT "Call In GPS Coordinates" AS gps FROM paired WHERE "Visit Start Time" IS NOT NULL
UNION ALL SELECT "Call Out GPS Coordinates" FROM paired WHERE "Visit End Time" IS NOT NULL;

-- caregiver SSN with leading spaces
SELECT count(*) FROM paired WHERE "SSN" ~ '^ +9';
-- caregiver SSN with trailing spaces
SELECT count(*) FROM paired WHERE "SSN" ~ '9.* +$';
-- caregiver SSN empty
SELECT count(*) FROM paired WHERE "SSN" = '';
-- caregiver SSN of spaces
SELECT count(*) FROM paired WHERE "SSN" ~ '^ +$';
-- caregiver SSN unknown
SELECT count(*) FROM paired WHERE "SSN" IS NULL;
-- one SSN at several providers under several caregiver ids
SELECT count(*) FROM (SELECT FROM paired GROUP BY "SSN" HAVING count(DISTINCT "Provider Id") > 2 AND count(DISTINCT "Caregiver Id") > 2) AS x;
-- SSN with a single quote
SELECT count(*) FROM paired WHERE "SSN" LIKE '%''%';
-- inactive provider
SELECT count(*) FROM paired WHERE NOT "Is Active";
-- demo provider
SELECT count(*) FROM paired WHERE "Is Demo";
-- provider of unknown activity
SELECT count(*) FROM paired WHERE "Is Active" IS NULL;
-- provider not known to be a demo or not
SELECT count(*) FROM paired WHERE "Is Demo" IS NULL;
-- excluded agency
SELECT count(*) FROM paired JOIN conflict.excluded_agency ON "ProviderID" = "Provider Id";
-- excluded agency without an id
SELECT count(*) FROM conflict.excluded_agency WHERE "ProviderID" IS NULL;
-- excluded SSN
SELECT count(*) FROM paired AS p JOIN conflict.excluded_ssn AS x ON x."SSN" = p."SSN";
-- excluded SSN with spaces
SELECT count(*) FROM paired AS p JOIN conflict.excluded_ssn AS x ON x."SSN" <> p."SSN" AND btrim(x."SSN") = p."SSN" WHERE p."SSN" <> '';
-- position normal
SELECT count(*) FROM gps WHERE gps ~ '^[\d.]+,-[\d.]+$';
-- position in double quotes
SELECT count(*) FROM gps WHERE gps LIKE '"%"';
-- position a comma
SELECT count(*) FROM gps WHERE gps = ',';
-- position empty
SELECT count(*) FROM gps WHERE gps = '';
-- position one number
SELECT count(*) FROM gps WHERE gps ~ '^[\d.]+$';
-- position words
SELECT count(*) FROM gps WHERE gps = 'not available';
-- position out of range
SELECT count(*) FROM gps WHERE gps ~ '^140';
-- position with spaces
SELECT count(*) FROM gps WHERE gps ~ '^ +[\d.]+ , -[\d.]+ $';
-- position three numbers
SELECT count(*) FROM gps WHERE gps ~ '^[^,]+,[^,]+,[^,]+$';
-- position unknown
SELECT count(*) FROM gps WHERE gps IS NULL;
-- position with an exponent
SELECT count(*) FROM gps WHERE gps ~ '\de\d';
-- position not finite
SELECT count(*) FROM gps WHERE gps ILIKE '%nan%';
-- provider name of 200
SELECT count(*) FROM paired WHERE length("Provider Name") = 200;
-- contract name of 250 that is used
SELECT count(*) FROM paired JOIN analytics.dimcontract USING ("Contract Id") WHERE length("Contract Name") = 250 AND "Payer Id" IS NULL;
-- user name of 511
SELECT count(*) FROM paired JOIN analytics.dimuser ON "User Id" = "Visit Updated User Id" WHERE length("User Fullname") = 511;
-- device type of 100
SELECT count(*) FROM paired WHERE length("Call Out Device Type") = 100;
-- caregiver status of 50
SELECT count(*) FROM paired WHERE length("Status") = 50;
-- visit without contract
SELECT count(*) FROM paired WHERE "Contract Id" IS NULL;
-- visit without payer
SELECT count(*) FROM paired WHERE "Payer Id" IS NULL;
-- inactive payer
SELECT count(*) FROM paired JOIN analytics.dimpayer AS d USING ("Payer Id") WHERE NOT d."Is Active";
-- demo payer
SELECT count(*) FROM paired JOIN analytics.dimpayer AS d USING ("Payer Id") WHERE d."Is Demo";
-- payer without a name
SELECT count(*) FROM paired JOIN analytics.dimpayer AS d USING ("Payer Id") WHERE d."Payer Name" IS NULL;
-- inactive office
SELECT count(*) FROM paired JOIN analytics.dimoffice AS d USING ("Office Id") WHERE NOT d."Is Active";
-- inactive contract
SELECT count(*) FROM paired JOIN analytics.dimcontract AS d USING ("Contract Id") WHERE NOT d."Is Active";
-- application ids: Internal
SELECT count(*) FROM paired WHERE "Application Payer Id" = 0 AND "Application Contract Id" <> 0;
-- application ids: UPR
SELECT count(*) FROM paired WHERE "Application Payer Id" <> 0 AND "Application Contract Id" <> 0;
-- application ids: Payer
SELECT count(*) FROM paired WHERE "Application Payer Id" <> 0 AND "Application Contract Id" = 0;
-- application ids: none
SELECT count(*) FROM paired WHERE "Application Payer Id" = 0 AND "Application Contract Id" = 0;
-- application ids: one unknown
SELECT count(*) FROM paired WHERE "Application Payer Id" IS NULL;
-- patient with several GPS addresses
SELECT count(*) FROM (SELECT FROM analytics.dimpatientaddress WHERE "Primary Address" AND "Address Type" LIKE '%GPS%' GROUP BY "Patient Id" HAVING count(*) > 1) AS x;
-- GPS address of unknown age
SELECT count(*) FROM analytics.dimpatientaddress WHERE "Address Type" LIKE '%GPS%' AND "Application Created UTC Timestamp" IS NULL;
-- GPS addresses of the same age
SELECT count(*) FROM (SELECT FROM analytics.dimpatientaddress WHERE "Primary Address" AND "Address Type" LIKE '%GPS%' GROUP BY "Patient Id", "Application Created UTC Timestamp" HAVING count(*) > 1) AS x;
-- newer GPS address that is not primary
SELECT count(*) FROM analytics.dimpatientaddress WHERE "Address Type" LIKE '%GPS%' AND NOT "Primary Address";
-- address type in lower case
SELECT count(*) FROM analytics.dimpatientaddress WHERE "Address Type" LIKE '%gps%';
-- GPS address without coordinates
SELECT count(*) FROM analytics.dimpatientaddress WHERE "Address Type" LIKE '%GPS%' AND "Latitude" IS NULL;
-- settings: exactly one row
SELECT count(*) FROM conflict.settings WHERE "ID" = 1 AND "ExtraDistancePer" = 1.20 AND "InProgressFlag" = 2 AND (SELECT count(*) FROM conflict.settings) = 1;
-- mph bands with gaps
SELECT count(*) FROM conflict.mph AS low JOIN conflict.mph AS high ON high."From" = low."To" + 1;
-- billed yes
SELECT count(*) FROM paired WHERE "Billed" = 'yes';
-- billed no
SELECT count(*) FROM paired WHERE "Billed" = 'no';
-- billed unknown
SELECT count(*) FROM paired WHERE "Billed" IS NULL;
-- clocked in but not out
SELECT count(*) FROM paired WHERE "Visit Start Time" IS NOT NULL AND "Visit End Time" IS NULL;
-- straddling midnight
SELECT count(*) FROM paired WHERE "Visit End Time"::date > "Visit Date";
-- missed visit
SELECT count(*) FROM paired WHERE "Is Missed";
-- visit that is gone, and in the deleted fact
SELECT count(*) FROM conflict.conflictvisitmaps AS m JOIN analytics.factvisitcallperformance_deleted_cr AS d ON d."Visit Id" = m."VisitID"
WHERE NOT EXISTS (SELECT FROM analytics.factvisitcallperformance_cr AS f WHERE f."Visit Id" = m."VisitID");
-- rescheduled
SELECT count(*) FROM both_sides WHERE "VisitDate" <> date_1 AND date_1 = date_2;
-- corrected SSN
SELECT count(*) FROM both_sides WHERE "SSN" <> btrim(ssn_1) AND btrim(ssn_1) = btrim(ssn_2) AND btrim(ssn_1) <> '';
-- stored application visit id that disagrees
SELECT count(*) FROM both_sides JOIN paired AS p ON p."Visit Id" = "VisitID" WHERE "AppVisitID" <> p."Application Visit Id"::text;
-- every status
SELECT count(*) FROM conflict.conflictvisitmaps HAVING count(DISTINCT "StatusFlag") FILTER (WHERE "StatusFlag" IN ('U','R','D','N','W','I')) = 6;
-- no status
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "StatusFlag" IS NULL;
-- flags of every value
SELECT count(*) FROM conflict.conflictvisitmaps HAVING bool_or("DistanceFlag" = 'Y') AND bool_or("DistanceFlag" = 'N') AND bool_or("DistanceFlag" IS NULL);
-- old marks, but few
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "UpdateFlag" = 1 HAVING count(*) BETWEEN 1 AND (SELECT count(*) / 20 FROM conflict.conflictvisitmaps);
-- mostly updated in an earlier run
SELECT count(*) FROM conflict.conflictvisitmaps HAVING count(*) FILTER (WHERE "UpdatedDate" < current_date) BETWEEN count(*) * 0.8 AND count(*) - 1;
-- in-service, both sides
SELECT count(*) FROM conflict.conflictvisitmaps HAVING count("InserviceStartDate") > 0 AND count("InserviceEndDate") > 0 AND count("ConInserviceStartDate") > 0 AND count("ConInserviceEndDate") > 0;
-- paid time off, both sides
SELECT count(*) FROM conflict.conflictvisitmaps HAVING count("PTOStartDate") > 0 AND count("PTOEndDate") > 0 AND count("ConPTOStartDate") > 0 AND count("ConPTOEndDate") > 0;
-- stored without SSN
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "SSN" IS NULL AND "CONFLICTID" IS NOT NULL;
-- stored without conflicting visit
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "ConVisitID" IS NULL;
-- stored without conflict
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "CONFLICTID" IS NULL;
-- too old
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "VisitDate" < current_date - interval '2 years';
-- too far ahead
SELECT count(*) FROM conflict.conflictvisitmaps WHERE "VisitDate" > current_date + 30;
-- a heavy key
SELECT count(*) FROM conflict.conflictvisitmaps GROUP BY "VisitDate", "SSN" HAVING count(*) >= 200;
-- otherwise few rows per key
SELECT count(*) FROM (SELECT count(*) AS rows FROM conflict.conflictvisitmaps GROUP BY "VisitDate", "SSN") AS k HAVING percentile_disc(0.99) WITHIN GROUP (ORDER BY rows) <= 12;
-- Unicode names
SELECT count(*) FROM paired JOIN analytics.dimcaregiver USING ("Caregiver Id") WHERE "Caregiver Fullname" ~ '[^\x01-\x7f]';
-- stored names are old
SELECT count(*) FROM both_sides JOIN paired AS p ON p."Visit Id" = "VisitID" WHERE "ProviderName" <> p."Provider Name";
-- mirror pairs
SELECT count(*) FROM conflict.conflictvisitmaps AS m JOIN conflict.conflictvisitmaps AS r ON r."VisitID" = m."ConVisitID" AND r."ConVisitID" = m."VisitID";
-- one parent per conflict
SELECT count(*) FROM conflict.conflicts HAVING count(*) >= (SELECT count(DISTINCT "CONFLICTID") FROM conflict.conflictvisitmaps);
-- reminder under an old name
SELECT count(*) FROM conflict.payer_provider_reminders AS r JOIN analytics.dimprovider AS p ON p."Provider Id" = r."ProviderID" WHERE r."ProviderName" <> p."Provider Name";
-- relation without reminder
SELECT count(*) FROM analytics.dimpayerprovider AS d WHERE NOT EXISTS (SELECT FROM conflict.payer_provider_reminders AS r WHERE r."PayerID" = d."Payer Id" AND r."ProviderID" = d."Provider Id");
-- visits without a conflict
SELECT count(*) FROM analytics.factvisitcallperformance_cr HAVING count(*) > 2 * (SELECT count(*) FROM paired);
