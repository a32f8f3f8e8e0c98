-- The rights of the role that runs Start-CmEtl, Invoke-CmChunk and the Lambda function, and no others. Run this script as a role that owns
-- the tables and the ledger. If they have different owners, each owner runs its own part. Grant-CmEtlRole does the same without psql. The
-- role also needs TEMPORARY on the database, which PUBLIC has unless it was revoked. Create the role and its password first.
-- psql -v worker=cm_worker -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/roles/worker.sql
\set ON_ERROR_STOP on
\ir worker_conflict.sql
\ir worker_analytics.sql
\ir worker_ledger.sql
\ir worker_server.sql
