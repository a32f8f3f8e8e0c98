-- The worker's rights on the analytics tables, granted by their owner.
-- psql -v worker=cm_worker -v analytics=analytics -f sql/roles/worker_analytics.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"analytics" TO :"worker";
GRANT SELECT ON :"analytics".factvisitcallperformance_cr, :"analytics".dimcaregiver, :"analytics".dimoffice, :"analytics".dimpatient,
                :"analytics".dimpatientaddress, :"analytics".dimpayer, :"analytics".dimcontract, :"analytics".dimprovider,
                :"analytics".dimservicecode, :"analytics".dimuser, :"analytics".dimpayerprovider TO :"worker";
