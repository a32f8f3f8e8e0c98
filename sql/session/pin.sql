-- First statements of every new connection, in one round trip. Not as start-up options: a pooler rejects these or drops them in silence.
-- The first one comes before all names that a search_path could lead astray, and before anything slow.
SELECT pg_catalog.set_config('statement_timeout', :'statement_timeout', false), pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false),
       pg_catalog.set_config('standard_conforming_strings', 'on', false);
SELECT count(set_config(s.name, coalesce(w.value, s.boot_val), false))
  FROM (
:session_settings
       ) AS w (name, value, may_stay)
  JOIN pg_settings AS s ON s.name = w.name
 WHERE (s.context = 'user' OR s.context = 'superuser' AND current_setting('is_superuser') = 'on')
   AND s.setting <> ALL (coalesce(w.may_stay, '{}'))
   -- A role or a database that is read-only by default is overruled. A whole server that is was made so on purpose, for example by a guard
   -- against a full disk, or is a replica.
   AND NOT (s.name = 'default_transaction_read_only' AND s.source IN ('configuration file', 'command line'));
