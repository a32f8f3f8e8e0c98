-- What Task 02 writes, as text: :assignments and :changed of task02/update.sql, :same of task02/kept.sql, :staged, :unfit, :base_cuts and
-- :con_cuts of task02/stage_2_visit.sql. The catalog determines type, width and existence of each column, so that both schema generations
-- work. VisitID, ConVisitID and CONFLICTID identify the row and are never written. For psql see chunk_by_hand.psql.
-- stem lists the columns that both sides have, with the source column (for Contract, the wider of two). Its type and width determine which
-- values are checked against the target column. Values of 'fact' and 'address' are not checked. Columns without a source become NULL.
WITH stem (name, source_table, source_column) AS (VALUES
  ('SSN', 'dimcaregiver', 'SSN'), ('AideSSN', 'dimcaregiver', 'SSN'), ('VisitDate', 'fact', NULL), ('AppVisitID', 'factvisitcallperformance_cr', 'Application Visit Id'),
  ('ProviderID', 'fact', NULL), ('AppProviderID', 'factvisitcallperformance_cr', 'Application Provider Id'), ('ProviderName', 'dimprovider', 'Provider Name'),
  ('FederalTaxNumber', 'dimprovider', 'Federal Tax Number'),
  ('SchStartTime', 'fact', NULL), ('SchEndTime', 'fact', NULL), ('VisitStartTime', 'fact', NULL), ('VisitEndTime', 'fact', NULL),
  ('EVVStartTime', 'fact', NULL), ('EVVEndTime', 'fact', NULL),
  ('CaregiverID', 'fact', NULL), ('AppCaregiverID', 'factvisitcallperformance_cr', 'Application Caregiver Id'), ('AideCode', 'dimcaregiver', 'Caregiver Code'),
  ('AideName', 'dimcaregiver', 'Caregiver Fullname'), ('AideFName', 'dimcaregiver', 'Caregiver Firstname'),
  ('AideLName', 'dimcaregiver', 'Caregiver Lastname'), ('AideStatus', 'dimcaregiver', 'Status'),
  ('OfficeID', 'fact', NULL), ('AppOfficeID', 'factvisitcallperformance_cr', 'Application Office Id'), ('Office', 'dimoffice', 'Office Name'),
  ('PatientID', 'fact', NULL), ('AppPatientID', 'factvisitcallperformance_cr', 'Application Patient Id'),
  ('PayerID', 'fact', NULL), ('AppPayerID', 'factvisitcallperformance_cr', 'Application Payer Id'), ('Contract', 'dimcontract', 'Contract Name'),
  ('PayerState', 'dimpayer', 'Payer State'), ('ContractType', 'fact', NULL),
  ('BilledDate', 'fact', NULL), ('BilledHours', 'factvisitcallperformance_cr', 'Billed Hours'), ('Billed', 'fact', NULL),
  ('BilledRate', 'factvisitcallperformance_cr', 'Billed Rate'),
  ('TotalBilledAmount', 'factvisitcallperformance_cr', 'Total Billed Amount'), ('BillRateNonBilled', 'factvisitcallperformance_cr', 'Bill Rate Non-Billed'), ('BillRateBoth', 'factvisitcallperformance_cr', 'Billed Rate'),
  ('RateType', 'factvisitcallperformance_cr', 'Bill Type'),
  ('ServiceCodeID', 'fact', NULL), ('AppServiceCodeID', 'dimservicecode', 'Application Service Code Id'), ('ServiceCode', 'dimservicecode', 'Service Code'),
  ('LastUpdatedBy', 'dimuser', 'User Fullname'), ('LastUpdatedDate', 'fact', NULL),
  ('IsMissed', 'fact', NULL), ('MissedVisitReason', 'factvisitcallperformance_cr', 'Missed Visit Reason'),
  ('EVVType', 'factvisitcallperformance_cr', 'Call Out Device Type'),
  ('P_PatientID', 'fact', NULL), ('P_AppPatientID', 'factvisitcallperformance_cr', 'Application Provider Patient Id'), ('P_PAdmissionID', 'dimpatient', 'Admission Id'),
  ('P_PName', 'dimpatient', 'Patient Name'), ('P_PFName', 'dimpatient', 'Patient Firstname'), ('P_PLName', 'dimpatient', 'Patient Lastname'),
  ('P_PMedicaidNumber', 'dimpatient', 'Medicaid Number'), ('P_PAddressID', 'address', NULL), ('P_PAppAddressID', 'dimpatientaddress', 'Application Patient Address Id'),
  ('P_PAddressL1', 'dimpatientaddress', 'Address Line 1'), ('P_PAddressL2', 'dimpatientaddress', 'Address Line 2'),
  ('P_PCity', 'dimpatientaddress', 'City'), ('P_PAddressState', 'dimpatientaddress', 'Address State'),
  ('P_PZipCode', 'dimpatientaddress', 'Zip Code'), ('P_PCounty', 'dimpatientaddress', 'County'),
  ('PA_PatientID', 'fact', NULL), ('PA_AppPatientID', 'factvisitcallperformance_cr', 'Application Payer Patient Id'), ('PA_PAdmissionID', 'dimpatient', 'Admission Id'),
  ('PA_PName', 'dimpatient', 'Patient Name'), ('PA_PFName', 'dimpatient', 'Patient Firstname'),
  ('PA_PLName', 'dimpatient', 'Patient Lastname'), ('PA_PMedicaidNumber', 'dimpatient', 'Medicaid Number'),
  ('PA_PAddressID', 'address', NULL), ('PA_PAppAddressID', 'dimpatientaddress', 'Application Patient Address Id'),
  ('PA_PAddressL1', 'dimpatientaddress', 'Address Line 1'), ('PA_PAddressL2', 'dimpatientaddress', 'Address Line 2'),
  ('PA_PCity', 'dimpatientaddress', 'City'), ('PA_PAddressState', 'dimpatientaddress', 'Address State'),
  ('PA_PZipCode', 'dimpatientaddress', 'Zip Code'), ('PA_PCounty', 'dimpatientaddress', 'County'),
  -- The patient columns without a prefix are set to NULL on purpose: the data is in P_* and PA_*.
  ('PAdmissionID', NULL, NULL), ('PName', NULL, NULL), ('PFName', NULL, NULL), ('PLName', NULL, NULL), ('PMedicaidNumber', NULL, NULL),
  ('PStatus', NULL, NULL), ('PAddressID', NULL, NULL), ('PAppAddressID', NULL, NULL), ('PAddressL1', NULL, NULL), ('PAddressL2', NULL, NULL),
  ('PCity', NULL, NULL), ('PAddressState', NULL, NULL), ('PZipCode', NULL, NULL), ('PCounty', NULL, NULL)
),
side (prefix, alias) AS (VALUES ('', 'v1'), ('Con', 'v2')),
-- Columns that are computed per pair. %1$s is the stored value of the column when the row was claimed.
finding (target, value) AS (VALUES
  ('PLatitude', 'p.leaving_latitude'), ('PLongitude', 'p.leaving_longitude'), ('ConPLatitude', 'p.reached_latitude'), ('ConPLongitude', 'p.reached_longitude'),
  ('MinuteDiffBetweenSch', 'p.gap_minutes'), ('DistanceMilesFromLatLng', 'p.miles'), ('AverageMilesPerHour', 'p.mph'),
  ('ETATravleMinutes', 'p.eta_minutes'), ('ETATravelMinutes', 'p.eta_minutes'),
  -- Only 'N' is replaced by the rule. 'Y' never changes back, and NULL stays NULL.
  ('SameSchTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r1 ELSE %1$s END'), ('SameVisitTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r2 ELSE %1$s END'),
  ('SchAndVisitTimeSameFlag', 'CASE WHEN %1$s = ''N'' THEN p.r3 ELSE %1$s END'), ('SchOverAnotherSchTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r4 ELSE %1$s END'),
  ('VisitTimeOverAnotherVisitTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r5 ELSE %1$s END'),
  ('SchTimeOverVisitTimeFlag', 'CASE WHEN %1$s = ''N'' THEN p.r6 ELSE %1$s END'), ('DistanceFlag', 'CASE WHEN %1$s = ''N'' THEN p.r7 ELSE %1$s END'),
  -- Users set 'W' and 'I', which are kept. NULL stays NULL. Every other status becomes 'U': a resolved or deleted pair is open again.
  ('StatusFlag', 'CASE WHEN %1$s IN (''W'', ''I'') THEN %1$s WHEN %1$s IS NOT NULL THEN ''U'' END'),
  ('ResolveDate', 'NULL'), ('UpdateFlag', 'NULL')
),
target AS (
  SELECT attnum, attname AS name, atttypid, atttypmod, format_type(atttypid, atttypmod) AS type,
         attgenerated = '' AND attidentity <> 'a' AS writable  -- the others are written by the server
    FROM pg_attribute
   WHERE attrelid = to_regclass(format('%I.conflictvisitmaps', :'conflict_schema')) AND attnum > 0 AND NOT attisdropped
),
assignment AS (
  SELECT t.attnum, t.name, t.type, d.alias, CASE WHEN s.source_table IS NULL THEN 'NULL' ELSE format('%s.%I', d.alias, s.name) END AS value,
         -- An explicit cast truncates a text to its column's width. Truncations are counted where the source is wider (4 bytes of atttypmod
         -- are a header).
         CASE WHEN t.atttypid = 'varchar'::regtype AND t.atttypmod > 4 AND source.atttypid IN ('varchar'::regtype, 'text'::regtype)
                   AND (source.atttypmod > t.atttypmod OR source.atttypmod = -1)
              THEN format('(coalesce(char_length(v.%I), 0) > %s)::integer', s.name, t.atttypmod - 4) END AS cut
    FROM stem AS s
   CROSS JOIN side AS d
    JOIN target AS t ON t.name = d.prefix || s.name AND t.writable
    LEFT JOIN pg_attribute AS source ON source.attrelid = to_regclass(format('%I.%I', :'analytics_schema', coalesce(s.source_table, '')))
                                    AND source.attname = s.source_column
   UNION ALL
  SELECT t.attnum, t.name, t.type, 'p', format(f.value, format('p.%I', t.name)), NULL
    FROM finding AS f
    JOIN target AS t ON t.name = f.target AND t.writable
),
number AS (
  -- A number that does not fit its column is replaced by NULL and counted, because an error would roll back the whole chunk. This is tested
  -- only where the catalog does not guarantee that every value fits. NaN fits all types except integers. A float is cast to text first,
  -- because a direct cast to numeric keeps only 6 or 15 digits.
  SELECT s.name, source.atttypid IN ('real'::regtype, 'double precision'::regtype) AND bool_and(t.atttypid = 'numeric'::regtype) AS through_text,
         string_agg(DISTINCT format(CASE
           WHEN t.atttypid = source.atttypid AND t.atttypid <> 'numeric'::regtype THEN NULL
           WHEN t.atttypid = 'numeric'::regtype AND t.atttypmod < 4 THEN NULL
           WHEN t.atttypid = 'numeric'::regtype AND source.digits + (source.scale > size.scale)::integer <= size.digits THEN NULL
           WHEN t.atttypid = 'numeric'::regtype AND source.scale <= size.scale THEN '(abs(%2$s) < 1e%3$s OR %2$s = ''NaN'')'
           WHEN t.atttypid = 'numeric'::regtype THEN '(abs(round(%2$s, %4$s)) < 1e%3$s OR %2$s = ''NaN'')'
           WHEN t.atttypid = 'bigint'::regtype AND source.digits < 19 THEN NULL
           WHEN t.atttypid = 'bigint'::regtype THEN 'abs(%2$s) < 9223372036854775807'
           WHEN t.atttypid = 'integer'::regtype THEN 'abs(%2$s) < 2147483647'
           WHEN t.atttypid = 'smallint'::regtype THEN 'abs(%2$s) < 32767'
           WHEN t.atttypid = 'real'::regtype THEN '(abs(%2$s) BETWEEN 1e-37 AND 1e38 OR %2$s IN (0, ''NaN'', ''Infinity'', ''-Infinity''))' END,
           s.name, format(CASE WHEN source.atttypid IN ('real'::regtype, 'double precision'::regtype) THEN 'v.%I::text::numeric' ELSE 'v.%I::numeric' END, s.name),
           size.digits, size.scale), ' AND ') AS fits
    FROM stem AS s
    JOIN target AS t ON t.name IN (s.name, 'Con' || s.name)
   CROSS JOIN LATERAL (SELECT (t.atttypmod - 4 >> 16) - (t.atttypmod - 4 & 2047) AS digits, t.atttypmod - 4 & 2047 AS scale) AS size
   CROSS JOIN LATERAL (
         SELECT a.atttypid,  -- digits before and after the decimal point that its values may have
                CASE WHEN a.atttypid = 'numeric'::regtype AND a.atttypmod > 4 THEN (a.atttypmod - 4 >> 16) - (a.atttypmod - 4 & 2047)
                     WHEN a.atttypid = 'bigint'::regtype THEN 19 WHEN a.atttypid = 'integer'::regtype THEN 10 WHEN a.atttypid = 'smallint'::regtype THEN 5
                     ELSE 1000 END AS digits,
                CASE WHEN a.atttypid = 'numeric'::regtype AND a.atttypmod > 4 THEN a.atttypmod - 4 & 2047
                     WHEN a.atttypid IN ('bigint'::regtype, 'integer'::regtype, 'smallint'::regtype) THEN 0 ELSE 1000 END AS scale
           FROM pg_attribute AS a
          WHERE a.attrelid = to_regclass(format('%I.%I', :'analytics_schema', coalesce(s.source_table, '')))
            AND (a.attname = s.source_column OR s.name = 'BillRateBoth' AND a.attname = 'Bill Rate Non-Billed')
            AND a.atttypid IN ('numeric'::regtype, 'real'::regtype, 'double precision'::regtype, 'bigint'::regtype, 'integer'::regtype, 'smallint'::regtype)
          ORDER BY 2 DESC, 3 DESC LIMIT 1) AS source
   GROUP BY s.name, source.atttypid
),
staged AS (
  -- Where both sides have the same type, the value of a visit is cast once, not for each of its pairs. The columns that the rules compare
  -- are not cast, because the rules compare the values from analytics.
  SELECT s.name, min(t.type) AS type, min(n.fits) AS fits,
         format(CASE WHEN bool_or(n.through_text) THEN 'v.%I::text' ELSE 'v.%I' END, s.name) AS value, count(DISTINCT t.type) = 1
           AND s.name NOT IN ('VisitDate', 'SSN', 'ProviderID', 'SchStartTime', 'SchEndTime', 'VisitStartTime', 'VisitEndTime') AS typed
    FROM stem AS s
    JOIN target AS t ON t.name IN (s.name, 'Con' || s.name)
    LEFT JOIN number AS n ON n.name = s.name
   WHERE s.source_table IS NOT NULL
   GROUP BY s.name
)
SELECT string_agg(format('%I = (%s)::%s', name, value, type), ', ' ORDER BY attnum) AS assignments,
       string_agg(format('c.%I IS DISTINCT FROM (%s)::%s', name, value, type), ' OR ' ORDER BY attnum) AS changed,
       (SELECT string_agg(format('c.%1$I IS NOT DISTINCT FROM w.%1$I', name), ' AND ' ORDER BY attnum) FROM target
         WHERE name <> 'UpdateFlag' AND (name IN (SELECT a.name FROM assignment AS a)
                                         OR name IN ('ID', 'CONFLICTID', 'VisitID', 'ConVisitID', 'InserviceStartDate', 'InserviceEndDate', 'PTOStartDate', 'PTOEndDate',
                                                     'ConInserviceStartDate', 'ConInserviceEndDate', 'ConPTOStartDate', 'ConPTOEndDate'))) AS same,
       (SELECT string_agg(format(CASE WHEN fits IS NULL THEN '(%s)' ELSE 'CASE WHEN %2$s THEN %1$s END' END || CASE WHEN typed THEN '::%3$s' ELSE '' END || ' AS %4$I',
                                value, fits, type, name), ', ' ORDER BY name) FROM staged) AS staged,
       (SELECT coalesce(string_agg(format('(v.%I IS NOT NULL AND NOT %s)::integer', name, fits), ' + ' ORDER BY name), '0') FROM staged
         WHERE fits IS NOT NULL) AS unfit,
       coalesce(string_agg(cut, ' + ' ORDER BY attnum) FILTER (WHERE alias = 'v1'), '0') AS base_cuts,
       coalesce(string_agg(cut, ' + ' ORDER BY attnum) FILTER (WHERE alias = 'v2'), '0') AS con_cuts,
       (SELECT CASE WHEN atttypid = 'numeric'::regtype THEN 'numeric' WHEN atttypid IN ('integer'::regtype, 'smallint'::regtype) THEN 'bigint'
                    ELSE format_type(atttypid, NULL) END FROM target WHERE name = 'ID')::text AS id_type,
       count(cut) AS narrow,
       -- Every column must exist. Of the two spellings of ETATravelMinutes, one is enough.
       (SELECT count(*) FROM finding AS f JOIN target AS t ON t.name = f.target) >= (SELECT count(*) - 1 FROM finding) AS complete
  FROM assignment;
