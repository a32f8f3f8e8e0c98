-- Limits that apply to a role whatever its client requests, and settings that keep values out of the server's log. Every connection of
-- CmEtl sets the same limits itself. These protect against a client that no longer can, and against interactive sessions. Run it as a
-- superuser, because the logging settings require one. Run it for the operator's role too, because the bounds of a chunk that is reset are
-- parameters as well.
-- psql -v worker=cm_worker -f sql/roles/limits.sql
\set ON_ERROR_STOP on
ALTER ROLE :"worker" SET statement_timeout = '7200s';                  -- task_timeout_seconds; the limit of a chunk is far lower
ALTER ROLE :"worker" SET lock_timeout = '30s';
ALTER ROLE :"worker" SET idle_in_transaction_session_timeout = '60s';  -- twice the lease
ALTER ROLE :"worker" SET client_connection_check_interval = '2s';      -- the query of a killed worker ends within this time
-- The bounds of a chunk are parameters and contain SSNs. The detail of an error quotes the row.
ALTER ROLE :"worker" SET log_parameter_max_length = 0;
ALTER ROLE :"worker" SET log_parameter_max_length_on_error = 0;
ALTER ROLE :"worker" SET log_error_verbosity = terse;
-- The first line of a server error may already quote a value. The ledger records that the error happened, and its SqlState.
ALTER ROLE :"worker" SET log_min_messages = log;
-- The extension pgaudit has its own setting, which ignores the two above, and can log whole result rows.
ALTER ROLE :"worker" SET pgaudit.log_parameter = off;
-- CmEtl turns these off in its own sessions. Here they are turned off for every client. A logged plan may contain parameter values.
ALTER ROLE :"worker" SET debug_print_parse = off;
ALTER ROLE :"worker" SET debug_print_rewritten = off;
ALTER ROLE :"worker" SET debug_print_plan = off;
-- A logged plan contains parameter values in its conditions. The setting can be made before the module is loaded.
ALTER ROLE :"worker" SET auto_explain.log_min_duration = -1;
