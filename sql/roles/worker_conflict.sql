-- The worker's rights on the schema of conflictvisitmaps, granted by the owner of its tables.
-- psql -v worker=cm_worker -v conflict=conflict -f sql/roles/worker_conflict.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"conflict" TO :"worker";
GRANT SELECT ON :"conflict".conflictvisitmaps, :"conflict".conflicts, :"conflict".settings, :"conflict".mph, :"conflict".excluded_agency,
                :"conflict".excluded_ssn, :"conflict".payer_provider_reminders TO :"worker";
GRANT UPDATE ("InProgressFlag") ON :"conflict".settings TO :"worker";
GRANT INSERT, UPDATE ("Contract", "ProviderName") ON :"conflict".payer_provider_reminders TO :"worker";
GRANT SELECT, INSERT, TRUNCATE ON :"conflict".conflictvisitmaps_temp TO :"worker";

-- Variables of psql do not work in a DO block, so two session settings pass the values.
SELECT set_config('cm_etl.role', :'worker', false), set_config('cm_etl.schema', :'conflict', false);
DO $$
DECLARE
  sequence regclass;
BEGIN
  -- Every column of a pair except its identity, which Task 02 never writes.
  EXECUTE (
    SELECT format('GRANT UPDATE (%s) ON %I.conflictvisitmaps TO %I', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
                  current_setting('cm_etl.schema'), current_setting('cm_etl.role'))
      FROM pg_attribute AS a
     WHERE a.attrelid = to_regclass(format('%I.conflictvisitmaps', current_setting('cm_etl.schema')))
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('ID', 'CONFLICTID', 'VisitID', 'ConVisitID'));
  -- New reminders take their ID from a sequence. SELECT is needed because the preflight compares the sequence with its table.
  FOR sequence IN
    SELECT c.oid
      FROM pg_class AS c
     WHERE c.relkind = 'S' AND c.relnamespace = to_regnamespace(quote_ident(current_setting('cm_etl.schema'))) AND pg_has_role(c.relowner, 'USAGE')
  LOOP
    EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO %I', sequence, current_setting('cm_etl.role'));
  END LOOP;
END $$;
