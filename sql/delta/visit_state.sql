-- :visit_state: for the visit v, whose hashed key is s.key: whether it is older than the baseline run, if not its content hash, and whether
-- it refers to a changed key. An old visit that the baseline run did not see in this range is hashed too, for the next run.
v.ctid AS place, s.key, s.old, CASE WHEN NOT s.old OR s.key NOT IN (SELECT k.key FROM known AS k) THEN :visit_content END AS content,
hashtextextended(v."Caregiver Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id'
    AND c.source = 'dimcaregiver')
OR hashtextextended(v."Provider Patient Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c
    WHERE c.run_id = :'run_id' AND c.source = 'dimpatient')
OR hashtextextended(v."Payer Patient Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c
    WHERE c.run_id = :'run_id' AND c.source = 'dimpatient')
OR hashtextextended(v."Visit Updated User Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c
    WHERE c.run_id = :'run_id' AND c.source = 'dimuser')
OR hashtextextended(v."Provider Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id'
    AND c.source = 'dimprovider')
OR hashtextextended(v."Office Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id'
    AND c.source = 'dimoffice')
OR hashtextextended(v."Payer Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id'
    AND c.source = 'dimpayer')
OR hashtextextended(v."Contract Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id'
    AND c.source = 'dimcontract')
OR hashtextextended(v."Service Code Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c
    WHERE c.run_id = :'run_id' AND c.source = 'dimservicecode') AS touched
