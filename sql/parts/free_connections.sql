-- Connections that ordinary roles can still open. Sessions are counted by datname: other people's backend_type is shown to few roles. Since PostgreSQL 16
-- a part may be reserved for the role pg_use_reserved_connections.
(current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
 - coalesce(current_setting('reserved_connections', true)::integer, 0)
 - (SELECT count(*) FROM pg_stat_activity AS a WHERE a.datname IS NOT NULL)::integer)
