-- What the role that runs the pipeline may do, and no more: Start-CmEtl, Invoke-CmChunk, the Lambda function. This script is for a role that owns
-- the tables and the ledger. Where they have different owners, each owner runs its own part. Grant-CmEtlRole does the same without psql.
-- TEMPORARY on the database is needed too; PUBLIC has it unless it was revoked. Create the role and its password first.
-- psql -v worker=cm_worker -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/roles/worker.sql
\set ON_ERROR_STOP on
\ir worker_conflict.sql
\ir worker_analytics.sql
\ir worker_ledger.sql
\ir worker_server.sql
