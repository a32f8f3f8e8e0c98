-- What Task 02 writes, as text: :assignments and :changed of task02/update.sql, :staged, :base_cuts and :con_cuts of task02/stage_2_visit.sql. The
-- catalogue decides the type, the width and whether a column exists, so both schema generations are served. VisitID, ConVisitID and
-- CONFLICTID are the row's identity and never written. In psql: see chunk_by_hand.psql.
WITH stem (name, source_table, source_column) AS (VALUES
  ('SSN', 'dimcaregiver', 'SSN'), ('AideSSN', 'dimcaregiver', 'SSN'), ('VisitDate', 'fact', NULL), ('AppVisitID', 'fact', NULL),
  ('ProviderID', 'fact', NULL), ('AppProviderID', 'fact', NULL), ('ProviderName', 'dimprovider', 'Provider Name'),
  ('FederalTaxNumber', 'dimprovider', 'Federal Tax Number'),
  ('SchStartTime', 'fact', NULL), ('SchEndTime', 'fact', NULL), ('VisitStartTime', 'fact', NULL), ('VisitEndTime', 'fact', NULL),
  ('EVVStartTime', 'fact', NULL), ('EVVEndTime', 'fact', NULL),
  ('CaregiverID', 'fact', NULL), ('AppCaregiverID', 'fact', NULL), ('AideCode', 'dimcaregiver', 'Caregiver Code'),
  ('AideName', 'dimcaregiver', 'Caregiver Fullname'), ('AideFName', 'dimcaregiver', 'Caregiver Firstname'),
  ('AideLName', 'dimcaregiver', 'Caregiver Lastname'), ('AideStatus', 'dimcaregiver', 'Status'),
  ('OfficeID', 'fact', NULL), ('AppOfficeID', 'fact', NULL), ('Office', 'dimoffice', 'Office Name'),
  ('PatientID', 'fact', NULL), ('AppPatientID', 'fact', NULL),
  ('PayerID', 'fact', NULL), ('AppPayerID', 'fact', NULL), ('Contract', 'dimcontract', 'Contract Name'),
  ('PayerState', 'dimpayer', 'Payer State'), ('ContractType', 'fact', NULL),
  ('BilledDate', 'fact', NULL), ('BilledHours', 'fact', NULL), ('Billed', 'fact', NULL), ('BilledRate', 'fact', NULL),
  ('TotalBilledAmount', 'fact', NULL), ('BillRateNonBilled', 'fact', NULL), ('BillRateBoth', 'fact', NULL),
  ('RateType', 'factvisitcallperformance_cr', 'Bill Type'),
  ('ServiceCodeID', 'fact', NULL), ('AppServiceCodeID', 'fact', NULL), ('ServiceCode', 'dimservicecode', 'Service Code'),
  ('LastUpdatedBy', 'dimuser', 'User Fullname'), ('LastUpdatedDate', 'fact', NULL),
  ('IsMissed', 'fact', NULL), ('MissedVisitReason', 'factvisitcallperformance_cr', 'Missed Visit Reason'),
  ('EVVType', 'factvisitcallperformance_cr', 'Call Out Device Type'),
  ('P_PatientID', 'fact', NULL), ('P_AppPatientID', 'fact', NULL), ('P_PAdmissionID', 'dimpatient', 'Admission Id'),
  ('P_PName', 'dimpatient', 'Patient Name'), ('P_PFName', 'dimpatient', 'Patient Firstname'), ('P_PLName', 'dimpatient', 'Patient Lastname'),
  ('P_PMedicaidNumber', 'dimpatient', 'Medicaid Number'), ('P_PAddressID', 'address', NULL), ('P_PAppAddressID', 'address', NULL),
  ('P_PAddressL1', 'dimpatientaddress', 'Address Line 1'), ('P_PAddressL2', 'dimpatientaddress', 'Address Line 2'),
  ('P_PCity', 'dimpatientaddress', 'City'), ('P_PAddressState', 'dimpatientaddress', 'Address State'),
  ('P_PZipCode', 'dimpatientaddress', 'Zip Code'), ('P_PCounty', 'dimpatientaddress', 'County'),
  ('PA_PatientID', 'fact', NULL), ('PA_AppPatientID', 'fact', NULL), ('PA_PAdmissionID', 'dimpatient', 'Admission Id'),
  ('PA_PName', 'dimpatient', 'Patient Name'), ('PA_PFName', 'dimpatient', 'Patient Firstname'),
  ('PA_PLName', 'dimpatient', 'Patient Lastname'), ('PA_PMedicaidNumber', 'dimpatient', 'Medicaid Number'),
  ('PA_PAddressID', 'address', NULL), ('PA_PAppAddressID', 'address', NULL),
  ('PA_PAddressL1', 'dimpatientaddress', 'Address Line 1'), ('PA_PAddressL2', 'dimpatientaddress', 'Address Line 2'),
  ('PA_PCity', 'dimpatientaddress', 'City'), ('PA_PAddressState', 'dimpatientaddress', 'Address State'),
  ('PA_PZipCode', 'dimpatientaddress', 'Zip Code'), ('PA_PCounty', 'dimpatientaddress', 'County'),
  -- The un-prefixed patient block is erased on purpose: the data is in P_* and PA_*.
  ('PAdmissionID', NULL, NULL), ('PName', NULL, NULL), ('PFName', NULL, NULL), ('PLName', NULL, NULL), ('PMedicaidNumber', NULL, NULL),
  ('PStatus', NULL, NULL), ('PAddressID', NULL, NULL), ('PAppAddressID', NULL, NULL), ('PAddressL1', NULL, NULL), ('PAddressL2', NULL, NULL),
  ('PCity', NULL, NULL), ('PAddressState', NULL, NULL), ('PZipCode', NULL, NULL), ('PCounty', NULL, NULL)
),
side (prefix, alias) AS (VALUES ('', 'v1'), ('Con', 'v2')),
-- What the rules worked out; %s is the column as it was when the row was claimed.
finding (target, value) AS (VALUES
  ('PLatitude', 'p.leaving_latitude'), ('PLongitude', 'p.leaving_longitude'), ('ConPLatitude', 'p.reached_latitude'), ('ConPLongitude', 'p.reached_longitude'),
  ('MinuteDiffBetweenSch', 'p.gap_minutes'), ('DistanceMilesFromLatLng', 'p.miles'), ('AverageMilesPerHour', 'p.mph'),
  ('ETATravleMinutes', 'p.eta_minutes'), ('ETATravelMinutes', 'p.eta_minutes'),
  -- Only 'N' gives way to the rule; 'Y' never goes back while the row lives, and NULL stays NULL.
  ('SameSchTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r1 ELSE %1$s END'), ('SameVisitTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r2 ELSE %1$s END'),
  ('SchAndVisitTimeSameFlag', 'CASE WHEN %1$s = ''N'' THEN p.r3 ELSE %1$s END'), ('SchOverAnotherSchTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r4 ELSE %1$s END'),
  ('VisitTimeOverAnotherVisitTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r5 ELSE %1$s END'),
  ('SchTimeOverVisitTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r6 ELSE %1$s END'), ('DistanceFlag', 'CASE WHEN %1$s = ''N'' THEN p.r7 ELSE %1$s END'),
  ('StatusFlag', 'CASE WHEN %1$s IN (''W'', ''I'') THEN %1$s WHEN %1$s IS NOT NULL THEN ''U'' END'),
  ('ResolveDate', 'NULL'), ('UpdateFlag', 'NULL')
),
target AS (
  SELECT attnum, attname AS name, atttypid, atttypmod, format_type(atttypid, atttypmod) AS type
    FROM pg_attribute
   WHERE attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema')) AND attnum > 0 AND NOT attisdropped
),
assignment AS (
  SELECT t.attnum, t.name, t.type, d.alias, CASE WHEN s.source_table IS NULL THEN 'NULL' ELSE format('%s.%I', d.alias, s.name) END AS value,
         -- An explicit cast cuts a text to its column's width; how often is counted where the source is wider (4 bytes of atttypmod are header).
         CASE WHEN t.atttypid = 'varchar'::regtype AND source.atttypmod > t.atttypmod AND t.atttypmod > 4
              THEN format('(coalesce(char_length(v.%I), 0) > %s)::integer', s.name, t.atttypmod - 4) END AS cut
    FROM stem AS s
   CROSS JOIN side AS d
    JOIN target AS t ON t.name = d.prefix || s.name
    LEFT JOIN pg_attribute AS source ON source.attrelid = to_regclass(format('%I.%I', :'analytics_schema', coalesce(s.source_table, '')))
                                    AND source.attname = s.source_column
   UNION ALL
  SELECT t.attnum, t.name, t.type, 'p', format(f.value, format('p.%I', t.name)), NULL
    FROM finding AS f
    JOIN target AS t ON t.name = f.target
),
staged AS (
  -- A visit is cast once, not once for each pair that it is part of, where both sides are of one type. The rules compare what the visit holds.
  SELECT s.name, min(t.type) AS type, count(DISTINCT t.type) = 1
           AND s.name NOT IN ('VisitDate', 'SSN', 'ProviderID', 'SchStartTime', 'SchEndTime', 'VisitStartTime', 'VisitEndTime') AS typed
    FROM stem AS s
    JOIN target AS t ON t.name IN (s.name, 'Con' || s.name)
   WHERE s.source_table IS NOT NULL
   GROUP BY s.name
)
SELECT string_agg(format('%I = (%s)::%s', name, value, type), ', ' ORDER BY attnum) AS assignments,
       string_agg(format('c.%I IS DISTINCT FROM (%s)::%s', name, value, type), ' OR ' ORDER BY attnum) AS changed,
       (SELECT string_agg(format(CASE WHEN typed THEN 'v.%I::%s AS %1$I' ELSE 'v.%I' END, name, type), ', ' ORDER BY name) FROM staged) AS staged,
       coalesce(string_agg(cut, ' + ' ORDER BY attnum) FILTER (WHERE alias = 'v1'), '0') AS base_cuts,
       coalesce(string_agg(cut, ' + ' ORDER BY attnum) FILTER (WHERE alias = 'v2'), '0') AS con_cuts,
       (SELECT CASE WHEN atttypid = 'numeric'::regtype THEN 'numeric' ELSE format_type(atttypid, NULL) END FROM target WHERE name = 'ID')::text AS id_type,
       count(cut) AS narrow,
       -- One of the two spellings of ETATravelMinutes is enough.
       count(*) FILTER (WHERE alias = 'p') >= (SELECT count(*) - 1 FROM finding) AS complete
  FROM assignment;
