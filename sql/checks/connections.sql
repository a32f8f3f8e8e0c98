-- Connections that this role can still open to this database: what server, role and database allow, minus those in use.
SELECT least(:free_connections,
             nullif(r.rolconnlimit, -1) - (SELECT count(*) FROM pg_stat_activity AS a WHERE a.usesysid = r.oid AND a.datname IS NOT NULL),
             nullif(d.datconnlimit, -1) - (SELECT count(*) FROM pg_stat_activity AS a WHERE a.datid = d.oid))::integer AS free
  FROM pg_roles AS r
 CROSS JOIN pg_database AS d
 WHERE r.rolname = current_user AND d.datname = current_database();
