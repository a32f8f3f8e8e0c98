-- The operator may look up the definitions of the analytics tables but not read them. Granted by the owner of the schema.
-- psql -v operator=cm_operator -v analytics=analytics -f sql/roles/operator_analytics.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"analytics" TO :"operator";
