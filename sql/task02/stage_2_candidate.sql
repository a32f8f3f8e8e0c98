-- Stage 2: what the rules need of each visit that a claimed row names, looked up by primary key, each visit once on whichever side it stands.
-- OFFSET 0 keeps that a look-up: left to itself the planner scans a fact that seems small. The outer one ends the look-up before the
-- dimensions are joined: without it a small dimension is scanned and hashed anew for every single visit.
SELECT f."Visit Id" AS visit_id, f."Visit Date" AS visit_date, trim(cg."SSN") AS ssn, f."Provider Id" AS provider_id,
       f."Scheduled Start Time"::timestamp AS sch_start, f."Scheduled End Time"::timestamp AS sch_end,
       f."Visit Start Time"::timestamp AS visit_start, f."Visit End Time"::timestamp AS visit_end,
       f."Provider Patient Id" AS patient_id, f."Payer Patient Id" AS payer_patient_id,
       call_in.latitude AS in_latitude, call_in.longitude AS in_longitude,
       call_out.latitude AS out_latitude, call_out.longitude AS out_longitude,
       call_in.rejected + call_out.rejected AS gps_rejects
  FROM (SELECT v.*
          FROM (SELECT visit_id FROM cm_claimed WHERE eligible UNION SELECT con_visit_id FROM cm_claimed WHERE eligible) AS k
         CROSS JOIN LATERAL (
               SELECT * FROM :"analytics".factvisitcallperformance_cr AS v WHERE v."Visit Id" = k.visit_id OFFSET 0) AS v
        OFFSET 0) AS f
  JOIN :"analytics".dimcaregiver AS cg ON cg."Caregiver Id" = f."Caregiver Id"
  JOIN :"analytics".dimprovider AS pr ON pr."Provider Id" = f."Provider Id" AND pr."Is Active" AND NOT pr."Is Demo"
  CROSS JOIN LATERAL (:gps_call_in) AS call_in
  CROSS JOIN LATERAL (:gps_call_out) AS call_out
 WHERE f."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date
   AND trim(cg."SSN") <> ''
   -- NOT EXISTS, not NOT IN: one NULL among the excluded ids must not exclude everybody.
   AND NOT EXISTS (SELECT FROM :"conflict".excluded_agency AS x WHERE x."ProviderID" = f."Provider Id")
   AND NOT EXISTS (SELECT FROM :"conflict".excluded_ssn AS x WHERE trim(x."SSN") = trim(cg."SSN"));
