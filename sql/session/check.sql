-- Settings that are not in force, although sql/session/pin.sql set them or because only a superuser may set them. Returns the name, the
-- value, and the statement that removes a value stored for the role or the database. A pooler that assigns each transaction to another
-- session loses these settings.
SELECT s.name, s.setting AS value,
       CASE s.source WHEN 'database' THEN format('ALTER DATABASE %I RESET %I;', current_database(), s.name)
                     WHEN 'user' THEN format('ALTER ROLE %I RESET %I;', session_user, s.name)
                     WHEN 'database user' THEN format('ALTER ROLE %I IN DATABASE %I RESET %I;', session_user, current_database(), s.name)
                     WHEN 'global' THEN format('ALTER ROLE ALL RESET %I;', s.name)
                     WHEN 'configuration file' THEN format('ALTER SYSTEM RESET %I; SELECT pg_reload_conf();', s.name)
                     ELSE '' END AS remedy
  FROM (
:session_settings
       ) AS w (name, value, may_stay)
  JOIN pg_settings AS s ON s.name = w.name
 WHERE lower(s.setting) IS DISTINCT FROM lower(coalesce(w.value, s.boot_val))
   AND s.setting <> ALL (coalesce(w.may_stay, '{}'))
   AND s.context IN ('user', 'superuser')
   -- The server writes an offset in a different format.
   AND NOT (s.name = 'TimeZone' AND w.value ~ '[0-9]')
   -- The tcp_ settings have no effect on a Unix socket.
   AND NOT (starts_with(s.name, 'tcp_') AND s.setting = '0')
   AND NOT (s.name = 'default_transaction_read_only' AND s.source IN ('configuration file', 'command line'))
 ORDER BY s.name;
