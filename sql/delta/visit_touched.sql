-- :visit_touched: whether the visit v refers to a changed key. The engine leaves out the lines of dimensions without changed keys, because
-- reading the last columns of such a wide row takes longer than finding the row.
false
OR hashtextextended(v."Caregiver Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimcaregiver')
OR hashtextextended(v."Provider Patient Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimpatient')
OR hashtextextended(v."Payer Patient Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimpatient')
OR hashtextextended(v."Visit Updated User Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimuser')
OR hashtextextended(v."Provider Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimprovider')
OR hashtextextended(v."Office Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimoffice')
OR hashtextextended(v."Payer Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimpayer')
OR hashtextextended(v."Contract Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimcontract')
OR hashtextextended(v."Service Code Id"::text, :'seed'::bigint) IN (SELECT c.key FROM :"ledger".changed_key AS c WHERE c.run_id = :'run_id' AND c.source = 'dimservicecode')
