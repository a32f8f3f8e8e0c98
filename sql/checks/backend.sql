-- Which server process answers, and whether it still has the statement that this connection prepared.
SELECT pg_backend_pid() AS backend, EXISTS (SELECT FROM pg_prepared_statements AS p WHERE p.name = 'cm_etl_probe') AS prepared;
