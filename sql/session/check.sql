-- Settings that are not in force although sql/session/pin.sql set them, or that only a superuser may set: name, value, and how to take back the
-- one that was stored for the role or the database. A pooler that hands each transaction to another session loses them.
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
   -- The server writes an offset in its own way.
   AND NOT (s.name = 'TimeZone' AND w.value ~ '[0-9]')
   -- Not on a Unix socket.
   AND NOT (starts_with(s.name, 'tcp_') AND s.setting = '0')
   AND NOT (s.name = 'default_transaction_read_only' AND s.source IN ('configuration file', 'command line'))
 ORDER BY s.name;
