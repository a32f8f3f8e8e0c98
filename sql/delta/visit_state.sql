-- :visit_state: for the visit v, whose hashed key is s.key: whether it is older than the baseline run, its content hash if that has to be compared or is
-- not known yet (s.unknown), and whether it refers to a changed key. A dimension without changed keys costs nothing, because the server does not hash the
-- value that it looks up in an empty set.
v.ctid AS place, s.key, s.old, CASE WHEN s.unknown THEN :visit_content END AS content,
hashtextextended(v."Caregiver Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimcaregiver')
OR hashtextextended(v."Provider Patient Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimpatient')
OR hashtextextended(v."Payer Patient Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimpatient')
OR hashtextextended(v."Visit Updated User Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimuser')
OR hashtextextended(v."Provider Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimprovider')
OR hashtextextended(v."Office Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimoffice')
OR hashtextextended(v."Payer Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimpayer')
OR hashtextextended(v."Contract Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimcontract')
OR hashtextextended(v."Service Code Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimservicecode') AS touched
