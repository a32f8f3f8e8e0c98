-- Stage 3: the newest primary GPS address of each patient; one without a timestamp counts as the oldest. Ids are text or uuid; only text has a
-- collation.
SELECT DISTINCT ON (a."Patient Id") a.*, good.latitude, good.longitude
  FROM (SELECT patient_id FROM cm_candidate UNION SELECT payer_patient_id FROM cm_candidate) AS k
  JOIN :"analytics".dimpatient AS p ON p."Patient Id" = k.patient_id
  JOIN :"analytics".dimpatientaddress AS a ON a."Patient Id" = p."Patient Id" AND a."Primary Address" AND a."Address Type" LIKE '%GPS%'
  LEFT JOIN LATERAL (
    SELECT a."Latitude"::double precision AS latitude, a."Longitude"::double precision AS longitude
     WHERE a."Latitude" BETWEEN -90 AND 90 AND a."Longitude" BETWEEN -180 AND 180) AS good ON true
 ORDER BY a."Patient Id", a."Application Created UTC Timestamp" DESC NULLS LAST, a."Patient Address Id"::text COLLATE "C";
