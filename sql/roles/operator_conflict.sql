-- The operator's rights on the schema of conflictvisitmaps, granted by the owner of its tables. The operator reads only the columns of a
-- pair that show its state. They include the SSN, because marks are released by chunk range, and chunk bounds in the ledger contain SSNs
-- too.
-- psql -v operator=cm_operator -v conflict=conflict -f sql/roles/operator_conflict.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"conflict" TO :"operator";
GRANT SELECT ("ID", "CONFLICTID", "VisitDate", "SSN", "UpdateFlag", "UpdatedDate", "InserviceStartDate", "InserviceEndDate", "PTOStartDate",
              "PTOEndDate", "ConInserviceStartDate", "ConInserviceEndDate", "ConPTOStartDate", "ConPTOEndDate", xmin),  -- xmin: the transaction that wrote the row
      UPDATE ("UpdateFlag") ON :"conflict".conflictvisitmaps TO :"operator";
GRANT SELECT ("InProgressFlag"), UPDATE ("InProgressFlag") ON :"conflict".settings TO :"operator";
