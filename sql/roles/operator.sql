-- What the role of a person on duty may do: see where runs stand, stop and abandon them, release the marks of stuck chunks. It reads no visit,
-- no caregiver and no patient, and of a pair only what says where it stands. That includes the SSN, and the ledger's chunk bounds hold SSNs too:
-- marks are released by the range of a chunk. Run like worker.sql.
-- psql -v operator=cm_operator -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/roles/operator.sql
GRANT USAGE ON SCHEMA :"conflict", :"analytics", :"ledger" TO :"operator";  -- analytics: to look up what its tables are like, not to read them

GRANT SELECT ("ID", "CONFLICTID", "VisitDate", "SSN", "UpdateFlag", "UpdatedDate", "InserviceStartDate", "InserviceEndDate", "PTOStartDate",
              "PTOEndDate", "ConInserviceStartDate", "ConInserviceEndDate", "ConPTOStartDate", "ConPTOEndDate", xmin),  -- xmin: the transaction that wrote the row
      UPDATE ("UpdateFlag") ON :"conflict".conflictvisitmaps TO :"operator";
GRANT SELECT ("InProgressFlag"), UPDATE ("InProgressFlag") ON :"conflict".settings TO :"operator";

GRANT SELECT ON ALL TABLES IN SCHEMA :"ledger" TO :"operator";
GRANT UPDATE ON :"ledger".run, :"ledger".chunk TO :"operator";
GRANT INSERT ON :"ledger".event TO :"operator";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA :"ledger" TO :"operator";

-- -Force ends the session of a worker, which not every owner may allow.
SELECT set_config('cm_etl.role', :'operator', false);
DO $$
BEGIN
  EXECUTE format('GRANT pg_signal_backend TO %I', current_setting('cm_etl.role'));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Stop-CmEtl -Force and Reset-CmStuckRows -Force cannot end sessions of workers: a superuser has to GRANT pg_signal_backend TO %', current_setting('cm_etl.role');
END $$;
