-- Connections that this role can still have to this database: what the server, the role and the database allow, less those that are taken.
SELECT least(current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer - count(*),
             nullif(r.rolconnlimit, -1) - count(*) FILTER (WHERE a.usesysid = r.oid),
             nullif(d.datconnlimit, -1) - count(*) FILTER (WHERE a.datid = d.oid))::integer AS free
  FROM pg_stat_activity AS a
 CROSS JOIN pg_roles AS r
 CROSS JOIN pg_database AS d
 WHERE a.backend_type = 'client backend' AND r.rolname = current_user AND d.datname = current_database()
 GROUP BY r.oid, r.rolconnlimit, d.oid, d.datconnlimit;
