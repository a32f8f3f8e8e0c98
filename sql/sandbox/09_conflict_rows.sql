-- In column order: identity, side 1, side 2, flags, pseudo pairs, state. The remainder of "id" selects the rows with special cases.
INSERT INTO conflict.conflictvisitmaps (
  "ID", "CONFLICTID", "SSN", "VisitDate", "VisitID", "AppVisitID", "ConVisitID", "ConAppVisitID", "ProviderID", "AppProviderID",
  "ProviderName", "FederalTaxNumber", "SchStartTime", "SchEndTime", "VisitStartTime", "VisitEndTime", "EVVStartTime", "EVVEndTime",
  "CaregiverID", "AppCaregiverID", "AideCode", "AideName", "AideFName", "AideLName", "AideSSN", "AideStatus", "OfficeID", "AppOfficeID",
  "Office", "PatientID", "AppPatientID", "PName", "PFName", "PLName", "PMedicaidNumber", "PStatus", "PZipCode", "P_PatientID",
  "P_AppPatientID", "P_PName", "P_PFName", "P_PLName", "P_PMedicaidNumber", "P_PStatus", "P_PAddressID", "P_PAddressL1", "P_PAddressState",
  "P_PZipCode", "PA_PatientID", "PA_AppPatientID", "PA_PName", "PA_PFName", "PA_PLName", "PA_PMedicaidNumber", "PA_PStatus", "PLatitude",
  "PLongitude", "PayerID", "AppPayerID", "Contract", "PayerState", "ContractType", "ServiceCodeID", "AppServiceCodeID", "ServiceCode",
  "RateType", "Billed", "BillRateNonBilled", "BillRateBoth", "IsMissed", "EVVType", "LastUpdatedBy", "LastUpdatedDate", "ConProviderID",
  "ConAppProviderID", "ConProviderName", "ConFederalTaxNumber", "ConSchStartTime", "ConSchEndTime", "ConVisitStartTime", "ConVisitEndTime",
  "ConEVVStartTime", "ConEVVEndTime", "ConCaregiverID", "ConAppCaregiverID", "ConAideCode", "ConAideName", "ConAideFName", "ConAideLName",
  "ConAideSSN", "ConAideStatus", "ConOfficeID", "ConAppOfficeID", "ConOffice", "ConPatientID", "ConAppPatientID", "ConPName", "ConPFName",
  "ConPLName", "ConPMedicaidNumber", "ConPStatus", "ConPZipCode", "ConP_PatientID", "ConP_AppPatientID", "ConP_PName", "ConP_PFName",
  "ConP_PLName", "ConP_PMedicaidNumber", "ConP_PStatus", "ConP_PAddressID", "ConP_PAddressL1", "ConP_PAddressState", "ConP_PZipCode",
  "ConPA_PatientID", "ConPA_AppPatientID", "ConPA_PName", "ConPA_PFName", "ConPA_PLName", "ConPA_PMedicaidNumber", "ConPA_PStatus",
  "ConPLatitude", "ConPLongitude", "ConPayerID", "ConAppPayerID", "ConContract", "ConPayerState", "ConContractType", "ConServiceCodeID",
  "ConAppServiceCodeID", "ConServiceCode", "ConRateType", "ConBilled", "ConBillRateNonBilled", "ConBillRateBoth", "ConIsMissed",
  "ConEVVType", "ConLastUpdatedBy", "ConLastUpdatedDate", "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag",
  "SchOverAnotherSchTimeFlag", "VisitTimeOverAnotherVisitTimeFlag", "SchTimeOverVisitTimeFlag", "DistanceFlag", "InServiceFlag", "PTOFlag",
  "InserviceStartDate", "InserviceEndDate", "ConInserviceStartDate", "ConInserviceEndDate", "PTOStartDate", "PTOEndDate", "ConPTOStartDate",
  "ConPTOEndDate", "MinuteDiffBetweenSch", "CreatedDate", "ResolveDate", "ResolvedBy", "StatusFlag", "UpdateFlag", "UpdatedDate"
)
SELECT
  p.id, CASE WHEN p.id % 100 = 13 THEN NULL ELSE p.n + 1 END,
  CASE
    WHEN p.id % 90 = 11 THEN NULL
    -- The SSN was corrected in the caregiver's record after the row was stored.
    WHEN p.person % 120 = 25 AND p.cluster >= 0 THEN '9' || lpad((p.person + 50000000)::text, 8, '0')
    ELSE a.ssn
  END,
  p.stored_date, a.visit_id, CASE WHEN p.id % 120 = 17 THEN '1' ELSE a.app_visit_id END,
  CASE WHEN p.id % 110 = 12 THEN NULL ELSE b.visit_id END, b.app_visit_id, a.provider_id, a.app_provider_id, a.provider_name,
  a.federal_tax_number, a.scheduled_start, a.scheduled_end, a.visit_start, a.visit_end, a.visit_start, a.visit_end, a.caregiver_id,
  a.app_caregiver_id, 'C-old', a.aide_first_name || ' ' || a.aide_last_name, a.aide_first_name, a.aide_last_name, a.ssn, 'Active',
  a.office_id, a.app_office_id, a.office, a.patient_id, a.app_patient_id, a.patient_first_name || ' ' || a.patient_last_name,
  a.patient_first_name, a.patient_last_name, a.medicaid_number, 'Active', a.zip_code, a.patient_id, a.app_patient_id,
  a.patient_first_name || ' ' || a.patient_last_name, a.patient_first_name, a.patient_last_name, a.medicaid_number, 'Active', a.address_id,
  a.address_line, 'NY', a.zip_code, a.patient_id, a.app_patient_id, a.patient_first_name || ' ' || a.patient_last_name,
  a.patient_first_name, a.patient_last_name, a.medicaid_number, 'Active', a.latitude, a.longitude, a.payer_id, a.app_payer_id, a.payer_name,
  'New York', 'UPR', a.service_id, a.app_service_id, a.service_code, 'Hourly', 'no', 17.5, 17.5, false, 'IVR', 'Former User', a.updated,
  b.provider_id, b.app_provider_id, b.provider_name, b.federal_tax_number, b.scheduled_start, b.scheduled_end, b.visit_start, b.visit_end,
  b.visit_start, b.visit_end, b.caregiver_id, b.app_caregiver_id, 'C-old', b.aide_first_name || ' ' || b.aide_last_name, b.aide_first_name,
  b.aide_last_name, b.ssn, 'Active', b.office_id, b.app_office_id, b.office, b.patient_id, b.app_patient_id,
  b.patient_first_name || ' ' || b.patient_last_name, b.patient_first_name, b.patient_last_name, b.medicaid_number, 'Active', b.zip_code,
  b.patient_id, b.app_patient_id, b.patient_first_name || ' ' || b.patient_last_name, b.patient_first_name, b.patient_last_name,
  b.medicaid_number, 'Active', b.address_id, b.address_line, 'NY', b.zip_code, b.patient_id, b.app_patient_id,
  b.patient_first_name || ' ' || b.patient_last_name, b.patient_first_name, b.patient_last_name, b.medicaid_number, 'Active', b.latitude,
  b.longitude, b.payer_id, b.app_payer_id, b.payer_name, 'New York', 'UPR', b.service_id, b.app_service_id, b.service_code, 'Hourly', 'no',
  17.5, 17.5, false, 'IVR', 'Former User', b.updated, CASE p.id % 29 WHEN 0 THEN 'Y' WHEN 7 THEN NULL ELSE 'N' END,
  CASE p.id % 29 WHEN 1 THEN 'Y' WHEN 8 THEN NULL ELSE 'N' END, CASE p.id % 29 WHEN 2 THEN 'Y' WHEN 9 THEN NULL ELSE 'N' END,
  CASE p.id % 29 WHEN 3 THEN 'Y' WHEN 10 THEN NULL ELSE 'N' END, CASE p.id % 29 WHEN 4 THEN 'Y' WHEN 11 THEN NULL ELSE 'N' END,
  CASE p.id % 29 WHEN 5 THEN 'Y' WHEN 12 THEN NULL ELSE 'N' END, CASE p.id % 29 WHEN 6 THEN 'Y' WHEN 13 THEN NULL ELSE 'N' END,
  CASE WHEN p.id % 150 IN (21, 22) THEN 'Y' ELSE 'N' END, CASE WHEN p.id % 150 IN (23, 24) THEN 'Y' ELSE 'N' END,
  CASE WHEN p.id % 150 = 21 THEN p.stored_date + interval '8 hours' END,
  CASE WHEN p.id % 150 = 21 THEN p.stored_date + interval '12 hours' END,
  CASE WHEN p.id % 150 = 22 THEN p.stored_date + interval '8 hours' END,
  CASE WHEN p.id % 150 = 22 THEN p.stored_date + interval '12 hours' END,
  CASE WHEN p.id % 150 = 23 THEN p.stored_date + interval '8 hours' END,
  CASE WHEN p.id % 150 = 23 THEN p.stored_date + interval '12 hours' END,
  CASE WHEN p.id % 150 = 24 THEN p.stored_date + interval '8 hours' END,
  CASE WHEN p.id % 150 = 24 THEN p.stored_date + interval '12 hours' END, 0, current_date - interval '40 days',
  CASE WHEN p.id % 20 IN (0, 1) THEN current_date - interval '10 days' END, CASE WHEN p.id % 20 IN (0, 1) THEN 'Former User' END,
  CASE p.id % 20 WHEN 0 THEN 'R' WHEN 1 THEN 'D' WHEN 2 THEN 'N' WHEN 3 THEN 'W' WHEN 4 THEN 'I' WHEN 5 THEN NULL ELSE 'U' END,
  CASE WHEN p.id % 50 = 7 THEN 1 END, CASE WHEN p.id % 10 <> 9 THEN current_date - interval '21 hours' END
FROM pair AS p
JOIN side AS a ON a.n = p.n
JOIN side AS b ON b.n = p.con_n
ORDER BY p.id;

SELECT setval('conflict.conflictvisitmaps_id_seq', (SELECT max("ID") FROM conflict.conflictvisitmaps)::bigint);
