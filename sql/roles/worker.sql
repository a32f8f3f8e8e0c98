-- What the role that runs the pipeline may do, and no more: Start-CmEtl, Invoke-CmChunk, the Lambda function. Run by the owner of the tables
-- after Initialize-CmEtlDatabase, and again after every upgrade of it. The role itself and its password are yours to make.
-- psql -v worker=cm_worker -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/roles/worker.sql
-- TEMPORARY on the database is needed too; PUBLIC has it unless somebody took it away.
GRANT USAGE ON SCHEMA :"conflict", :"analytics", :"ledger" TO :"worker";

GRANT SELECT ON :"analytics".factvisitcallperformance_cr, :"analytics".dimcaregiver, :"analytics".dimoffice, :"analytics".dimpatient,
                :"analytics".dimpatientaddress, :"analytics".dimpayer, :"analytics".dimcontract, :"analytics".dimprovider,
                :"analytics".dimservicecode, :"analytics".dimuser, :"analytics".dimpayerprovider TO :"worker";

GRANT SELECT ON :"conflict".conflictvisitmaps, :"conflict".conflicts, :"conflict".settings, :"conflict".mph, :"conflict".excluded_agency,
                :"conflict".excluded_ssn, :"conflict".payer_provider_reminders TO :"worker";
GRANT UPDATE ("InProgressFlag") ON :"conflict".settings TO :"worker";
GRANT INSERT, UPDATE ("Contract", "ProviderName") ON :"conflict".payer_provider_reminders TO :"worker";
GRANT INSERT, TRUNCATE ON :"conflict".conflictvisitmaps_temp TO :"worker";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA :"conflict" TO :"worker";  -- SELECT: the preflight looks whether one is behind its table

-- Of a pair every column but its identity, which Task 02 never writes. A DO block has no variables, so they take the way round.
SELECT set_config('cm_etl.role', :'worker', false), set_config('cm_etl.schema', :'conflict', false);
DO $$
BEGIN
  EXECUTE (
    SELECT format('GRANT UPDATE (%s) ON %I.conflictvisitmaps TO %I', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
                  current_setting('cm_etl.schema'), current_setting('cm_etl.role'))
      FROM pg_attribute AS a
     WHERE a.attrelid = to_regclass(format('%I.conflictvisitmaps', current_setting('cm_etl.schema')))
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('ID', 'CONFLICTID', 'VisitID', 'ConVisitID'));
END $$;

GRANT SELECT ON ALL TABLES IN SCHEMA :"ledger" TO :"worker";
GRANT INSERT, UPDATE ON :"ledger".run, :"ledger".chunk TO :"worker";
GRANT INSERT ON :"ledger".event TO :"worker";
GRANT DELETE ON :"ledger".run, :"ledger".event TO :"worker";  -- old history, at the end of a run (history_days)
GRANT USAGE ON ALL SEQUENCES IN SCHEMA :"ledger" TO :"worker";

-- How far a replica has replayed is shown only to members of pg_read_all_stats, which not every owner may grant. It shows the statements of
-- other sessions, too; the engine never asks for them.
DO $$
BEGIN
  EXECUTE format('GRANT pg_read_all_stats TO %I', current_setting('cm_etl.role'));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Runs will not back off for replicas that replay late: a superuser has to GRANT pg_read_all_stats TO %', current_setting('cm_etl.role');
END $$;
