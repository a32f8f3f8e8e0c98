-- Connections that ordinary roles can still open. Sessions are counted by datname, because few roles can see the backend_type of other
-- sessions. Since PostgreSQL 16 some connections may be reserved for the role pg_use_reserved_connections.
(current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
 - coalesce(current_setting('reserved_connections', true)::integer, 0)
 - (SELECT count(*) FROM pg_stat_activity AS a WHERE a.datname IS NOT NULL)::integer)
