-- The first statements of every new connection, in one round trip. They are not start-up options, because a pooler rejects these or
-- silently drops them. The first statement precedes everything that depends on search_path and everything slow.
SELECT pg_catalog.set_config('statement_timeout', :'statement_timeout', false), pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false),
       pg_catalog.set_config('standard_conforming_strings', 'on', false);
SELECT count(set_config(s.name, coalesce(w.value, s.boot_val), false))
  FROM (
:session_settings
       ) AS w (name, value, may_stay)
  JOIN pg_settings AS s ON s.name = w.name
 WHERE (s.context = 'user' OR s.context = 'superuser' AND current_setting('is_superuser') = 'on')
   AND s.setting <> ALL (coalesce(w.may_stay, '{}'))
   -- Overrides a role or database that is read-only by default. If the whole server is read-only, that is deliberate (for example a guard
   -- against a full disk) or the server is a replica.
   AND NOT (s.name = 'default_transaction_read_only' AND s.source IN ('configuration file', 'command line'));
