-- Of a run with delta: which claimed pairs are what they would be written as, and how many are left. Such a pair was judged by the base run, as the
-- version that it still is, and all that goes into it has been there, as the version that it still is, since before that run began. Everything older
-- than the base run was seen by all of its chunks. In a table that is the same as then nothing has to be looked up.
WITH same AS MATERIALIZED (
  SELECT 'dimcaregiver' = ANY (t) AS caregiver, 'dimoffice' = ANY (t) AS office, 'dimpatient' = ANY (t) AS patient, 'dimpatientaddress' = ANY (t) AS address,
         'dimpayer' = ANY (t) AS payer, 'dimcontract' = ANY (t) AS contract, 'dimprovider' = ANY (t) AS provider,
         'dimservicecode' = ANY (t) AS service_code, 'dimuser' = ANY (t) AS user_
    FROM (SELECT :'same'::text[] AS t OFFSET 0) AS s
),
candidate AS MATERIALIZED (
  SELECT k.part, k.row, k.visit_id, k.con_visit_id, k.confirmed
    FROM cm_claimed AS k
   -- A CASE, because a planner that does not know the parameters takes the ranges for one row in forty thousand, and joins row by row.
   -- What was not confirmed names no address: whether one has gone since cannot be told.
   -- If any pair was doubtful then, the unconfirmed ones are judged again: which of them are is not remembered, and they have to be counted.
   WHERE CASE WHEN k.eligible AND (k.confirmed OR (SELECT address FROM same) AND NOT EXISTS (
                     SELECT FROM :"ledger".chunk AS c WHERE c.run_id = :'base_id' AND c.rows_doubtful > 0))
                   AND k.visit_date BETWEEN :'base_from'::date AND :'base_to'::date AND k.visit_date BETWEEN :'window_from'::date AND :'window_to'::date
              THEN k.version IN (SELECT c.xid::xid FROM :"ledger".chunk AS c WHERE c.run_id = :'base_id' AND c.state = 'done')  -- written by the base run
                   -- or kept by it: it was claimed, and confirmed unless it is marked
                   OR age(k.version) > :'base_age'::integer
              ELSE false END
),
visit AS MATERIALIZED (
  -- Every look-up stays one (OFFSET 0). An id that finds nothing may have found something then. The window moves from day to day.
  SELECT n.visit_id, f.quiet
    FROM (SELECT visit_id FROM candidate UNION SELECT con_visit_id FROM candidate) AS n
    LEFT JOIN LATERAL (
         SELECT age(v.xmin) > :'base_age'::integer
            AND v."Visit Date" BETWEEN :'base_from'::date AND :'base_to'::date IS NOT DISTINCT FROM v."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date
            AND (same.caregiver OR v."Caregiver Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimcaregiver AS d WHERE d."Caregiver Id" = v."Caregiver Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.office OR v."Office Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimoffice AS d WHERE d."Office Id" = v."Office Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.patient OR v."Provider Patient Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimpatient AS d WHERE d."Patient Id" = v."Provider Patient Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.patient OR v."Payer Patient Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimpatient AS d WHERE d."Patient Id" = v."Payer Patient Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.address OR NOT EXISTS (
                 SELECT FROM :"analytics".dimpatientaddress AS d
                  WHERE d."Patient Id" IN (v."Provider Patient Id", v."Payer Patient Id") AND age(d.xmin) <= :'base_age'::integer OFFSET 0))
            AND (same.payer OR v."Payer Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimpayer AS d WHERE d."Payer Id" = v."Payer Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.contract OR v."Contract Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimcontract AS d WHERE d."Contract Id" = v."Contract Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.provider OR v."Provider Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimprovider AS d WHERE d."Provider Id" = v."Provider Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.service_code OR v."Service Code Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimservicecode AS d WHERE d."Service Code Id" = v."Service Code Id" AND age(d.xmin) > :'base_age'::integer OFFSET 0))
            AND (same.user_ OR v."Visit Updated User Id" IS NULL OR EXISTS (
                 SELECT FROM :"analytics".dimuser AS d WHERE d."User Id" = v."Visit Updated User Id"::text AND age(d.xmin) > :'base_age'::integer OFFSET 0)) AS quiet
           FROM :"analytics".factvisitcallperformance_cr AS v, same WHERE v."Visit Id" = n.visit_id OFFSET 0) AS f ON true
),
bereft AS MATERIALIZED (  -- an address that is gone is noticed by the pair that names it; what came instead would be young
  SELECT n.part, n.row
    FROM candidate AS n
   WHERE NOT (SELECT same.address FROM same) AND EXISTS (
         SELECT FROM :"conflict".conflictvisitmaps AS c
          CROSS JOIN LATERAL (VALUES (c."VisitID", c."P_PAddressID"::text, c."PA_PAddressID"::text),
                                     (c."ConVisitID", c."ConP_PAddressID"::text, c."ConPA_PAddressID"::text)) AS side (visit_id, provider_side, payer_side)
          CROSS JOIN LATERAL (
                SELECT v."Provider Patient Id" AS provider_patient, v."Payer Patient Id" AS payer_patient
                  FROM :"analytics".factvisitcallperformance_cr AS v WHERE v."Visit Id" = side.visit_id OFFSET 0) AS v
          CROSS JOIN LATERAL (VALUES (v.provider_patient, side.provider_side), (v.payer_patient, side.payer_side)) AS named (patient_id, address_id)
          WHERE c.ctid = n.row AND c.tableoid = n.part AND named.address_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM :"analytics".dimpatientaddress AS a WHERE a."Patient Id" = named.patient_id AND a."Patient Address Id"::text = named.address_id OFFSET 0)
         OFFSET 0)
),
hushed AS (
  UPDATE cm_claimed AS k
     SET quiet = true
    FROM candidate AS n
    JOIN visit AS v1 ON v1.visit_id = n.visit_id
    JOIN visit AS v2 ON v2.visit_id = n.con_visit_id
   WHERE k.row = n.row AND k.part = n.part AND (n.part, n.row) NOT IN (SELECT b.part, b.row FROM bereft AS b)
     -- Without one of its visits a pair is not confirmed, whenever that went.
     AND (v1.quiet AND v2.quiet OR NOT n.confirmed AND (v1.quiet IS NULL OR v2.quiet IS NULL))
  RETURNING 1
)
SELECT count(*) AS rows_claimed, count(*) FILTER (WHERE k.eligible) - (SELECT count(*) FROM hushed) AS rows_left FROM cm_claimed AS k;
