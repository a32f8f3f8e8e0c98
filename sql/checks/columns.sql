-- Columns that a statement uses and that do not exist. The columns that Task 02 only writes are in task02/assignments.sql.
WITH needed (room, relation, columns) AS (VALUES
  ('conflict', 'conflictvisitmaps', ARRAY['ID', 'CONFLICTID', 'SSN', 'VisitDate', 'VisitID', 'ConVisitID', 'UpdateFlag', 'UpdatedDate', 'StatusFlag',
    'ResolveDate', 'InserviceStartDate', 'InserviceEndDate', 'PTOStartDate', 'PTOEndDate', 'ConInserviceStartDate', 'ConInserviceEndDate',
    'ConPTOStartDate', 'ConPTOEndDate', 'PLatitude', 'PLongitude', 'ConPLatitude', 'ConPLongitude', 'MinuteDiffBetweenSch',
    'DistanceMilesFromLatLng', 'AverageMilesPerHour', 'SameSchTimeFlag', 'SameVisitTimeFlag', 'SchAndVisitTimeSameFlag',
    'SchOverAnotherSchTimeFlag', 'VisitTimeOverAnotherVisitTimeFlag', 'SchTimeOverVisitTimeFlag', 'DistanceFlag']),
  ('conflict', 'conflicts', ARRAY['CONFLICTID', 'StatusFlag']),
  ('conflict', 'conflictvisitmaps_temp', ARRAY['ID', 'CONFLICTID']),
  ('conflict', 'payer_provider_reminders',
    ARRAY['PayerID', 'AppPayerID', 'Contract', 'ProviderID', 'AppProviderID', 'ProviderName', 'CreatedDateTime', 'NumberOfDays']),
  ('conflict', 'settings', ARRAY['ID', 'ExtraDistancePer', 'InProgressFlag']),
  ('conflict', 'mph', ARRAY['ID', 'From', 'To', 'AverageMilesPerHour']),
  ('conflict', 'excluded_agency', ARRAY['ProviderID']),
  ('conflict', 'excluded_ssn', ARRAY['SSN']),
  ('analytics', 'factvisitcallperformance_cr', ARRAY['Visit Id', 'Application Visit Id', 'Visit Date', 'Patient Id', 'Application Patient Id',
    'Caregiver Id', 'Application Caregiver Id', 'Provider Id', 'Application Provider Id', 'Office Id', 'Application Office Id', 'Payer Id',
    'Application Payer Id', 'Contract Id', 'Application Contract Id', 'Service Code Id', 'Payer Patient Id', 'Application Payer Patient Id',
    'Provider Patient Id', 'Application Provider Patient Id', 'Scheduled Start Time', 'Scheduled End Time', 'Visit Start Time', 'Visit End Time',
    'Call In Time', 'Call In GPS Coordinates', 'Call Out Time', 'Call Out GPS Coordinates', 'Call Out Device Type', 'Bill Type', 'Billed',
    'Billed Hours', 'Billed Rate', 'Total Billed Amount', 'Bill Rate Non-Billed', 'Invoice Date', 'Is Missed', 'Missed Visit Reason',
    'Visit Updated User Id', 'Visit Updated Timestamp']),
  ('analytics', 'dimcaregiver', ARRAY['Caregiver Id', 'Caregiver Code', 'Caregiver Firstname', 'Caregiver Lastname', 'Caregiver Fullname', 'SSN', 'Status']),
  ('analytics', 'dimoffice', ARRAY['Office Id', 'Office Name', 'Is Active']),
  ('analytics', 'dimpatient', ARRAY['Patient Id', 'Patient Firstname', 'Patient Lastname', 'Patient Name', 'Admission Id', 'Medicaid Number']),
  ('analytics', 'dimpatientaddress', ARRAY['Patient Address Id', 'Application Patient Address Id', 'Patient Id', 'Address Type', 'Address Line 1',
    'Address Line 2', 'City', 'County', 'Address State', 'Zip Code', 'Primary Address', 'Latitude', 'Longitude', 'Application Created UTC Timestamp']),
  ('analytics', 'dimpayer', ARRAY['Payer Id', 'Payer Name', 'Payer State', 'Is Active', 'Is Demo']),
  ('analytics', 'dimcontract', ARRAY['Contract Id', 'Contract Name', 'Is Active']),
  ('analytics', 'dimprovider', ARRAY['Provider Id', 'Provider Name', 'Federal Tax Number', 'Is Active', 'Is Demo']),
  ('analytics', 'dimservicecode', ARRAY['Service Code Id', 'Application Service Code Id', 'Service Code']),
  ('analytics', 'dimuser', ARRAY['User Id', 'User Fullname']),
  ('analytics', 'dimpayerprovider', ARRAY['Payer Id', 'Provider Id', 'Application Payer Id', 'Application Provider Id']))
SELECT r.name AS relation, to_regclass(r.name) IS NULL AS table_missing, coalesce(array_agg(c.name ORDER BY c.name) FILTER (WHERE a.attname IS NULL), '{}') AS missing
  FROM needed AS n
 CROSS JOIN LATERAL (
       SELECT format('%I.%I', CASE n.room WHEN 'conflict' THEN :'conflict_schema' ELSE :'analytics_schema' END, n.relation) AS name) AS r
 CROSS JOIN LATERAL unnest(n.columns) AS c (name)
  LEFT JOIN pg_attribute AS a ON a.attrelid = to_regclass(r.name) AND a.attname = c.name AND a.attnum > 0 AND NOT a.attisdropped
 GROUP BY r.name
HAVING to_regclass(r.name) IS NULL OR bool_or(a.attname IS NULL)
 ORDER BY r.name;
