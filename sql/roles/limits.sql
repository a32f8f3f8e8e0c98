-- Limits that hold for a role whatever its client asks for, and silence about values in the server's log. Every connection of CmEtl sets the
-- same limits itself; these are for a client that cannot any more, and for people. Run by a superuser, as the logging settings are theirs.
-- The operator's role wants them too: the bounds of a chunk that is reset are parameters as well.
-- psql -v worker=cm_worker -f sql/roles/limits.sql
\set ON_ERROR_STOP on
ALTER ROLE :"worker" SET statement_timeout = '7200s';                  -- task_timeout_seconds; a chunk's own limit is far below
ALTER ROLE :"worker" SET lock_timeout = '30s';
ALTER ROLE :"worker" SET idle_in_transaction_session_timeout = '60s';  -- twice the lease
ALTER ROLE :"worker" SET client_connection_check_interval = '2s';      -- a killed worker's query ends this soon
-- A chunk's bounds are parameters and hold SSNs; an error's detail quotes the row.
ALTER ROLE :"worker" SET log_parameter_max_length = 0;
ALTER ROLE :"worker" SET log_parameter_max_length_on_error = 0;
ALTER ROLE :"worker" SET log_error_verbosity = terse;
-- What the server says of an error may quote a value in its first line already; that it happened, and its SqlState, is in the ledger.
ALTER ROLE :"worker" SET log_min_messages = log;
-- The extension pgaudit has a limit of its own, which ignores the two above, and logs whole rows of results on request.
ALTER ROLE :"worker" SET pgaudit.log_parameter = off;
-- A session of CmEtl turns these off; here they are off for every client. A plan may have the parameters written into it.
ALTER ROLE :"worker" SET debug_print_parse = off;
ALTER ROLE :"worker" SET debug_print_rewritten = off;
ALTER ROLE :"worker" SET debug_print_plan = off;
-- A plan has the parameters written into its conditions. The setting may be made before the module is loaded.
ALTER ROLE :"worker" SET auto_explain.log_min_duration = -1;
