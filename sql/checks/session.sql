-- The connection as the server sees it. With a pooler, it is the pooler's connection.
SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted;
