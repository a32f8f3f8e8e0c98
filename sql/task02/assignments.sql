-- What Task 02 writes from a visit, as text for :assignments and :width_cuts of task02/update.sql. The catalogue decides the type, the
-- width and whether a column exists, so both schema generations are served. VisitID, ConVisitID and CONFLICTID are the row's identity and
-- never written. In psql: see chunk_by_hand.psql.
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
assignment AS (
  SELECT t.attnum, t.attname AS target, format_type(t.atttypid, t.atttypmod) AS type,
         CASE WHEN s.source_table IS NULL THEN 'NULL' ELSE format('%s.%I::%s', d.alias, s.name, format_type(t.atttypid, t.atttypmod)) END AS value,
         -- An explicit cast cuts a text to its column's width; how often is counted where the source is wider (4 bytes of atttypmod are header).
         CASE WHEN t.atttypid = 'varchar'::regtype AND source.atttypmod > t.atttypmod AND t.atttypmod > 4
              THEN format('(coalesce(char_length(%s.%I), 0) > %s)::integer', d.alias, s.name, t.atttypmod - 4) END AS cut
    FROM stem AS s
   CROSS JOIN side AS d
    JOIN pg_attribute AS t ON t.attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema'))
                          AND t.attname = d.prefix || s.name AND t.attnum > 0 AND NOT t.attisdropped
    LEFT JOIN pg_attribute AS source ON source.attrelid = to_regclass(format('%I.%I', :'analytics_schema', coalesce(s.source_table, '')))
                                    AND source.attname = s.source_column
)
SELECT string_agg(format('%I = %s', target, value), ', ' ORDER BY attnum) AS assignments,
       coalesce(string_agg(cut, ' + ' ORDER BY attnum), '0') AS width_cuts,
       (SELECT attname FROM pg_attribute
         WHERE attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema'))
           AND attname IN ('ETATravleMinutes', 'ETATravelMinutes') AND NOT attisdropped ORDER BY attname LIMIT 1)::text AS eta_minutes,
       (SELECT CASE WHEN atttypid = 'numeric'::regtype THEN 'numeric' ELSE format_type(atttypid, NULL) END FROM pg_attribute
         WHERE attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema')) AND attname = 'ID')::text AS id_type
  FROM assignment;
