-- Every setting that CmEtl fixes for its sessions: name, value in the unit of pg_settings (NULL: the built-in default), and other values
-- that are allowed. A role, a database or a pooler may have changed any of them. Names that a server does not know are skipped, so one list
-- serves PostgreSQL 14 to 18. sql/session/pin.sql sets them, sql/session/check.sql compares them.
VALUES
  -- Names: only functions, operators, casts and types of the system are found without a schema. Temporary tables come last.
  ('search_path', 'pg_catalog, pg_temp', NULL::text[]),
  -- Rows: with off, a policy causes an error (42501). With on, it silently hides rows, and live pairs seem to be missing.
  ('row_security', 'off', NULL),
  -- Triggers and foreign keys: "replica" would skip them. Only a superuser can set it; for other roles check.sql reports it.
  ('session_replication_role', 'origin', NULL),
  -- Damaged pages cause errors. If they were read as empty, rows would be lost. Only a superuser can set these two.
  ('zero_damaged_pages', 'off', NULL), ('ignore_checksum_failure', 'off', NULL),
  -- Allows views to be read. Some servers can be configured to refuse them.
  ('restrict_nonsystem_relation_kind', '', NULL),

  -- Parsing of statements.
  ('standard_conforming_strings', 'on', NULL), ('escape_string_warning', 'on', NULL), ('backslash_quote', 'safe_encoding', NULL),
  ('transform_null_equals', 'off', NULL), ('array_nulls', 'on', NULL), ('quote_all_identifiers', 'off', NULL), ('check_function_bodies', 'on', NULL),

  -- Conversion of values to and from text.
  ('client_encoding', 'UTF8', NULL), ('TimeZone', :'session_time_zone', NULL), ('timezone_abbreviations', 'Default', NULL),
  ('DateStyle', 'ISO, MDY', NULL), ('IntervalStyle', 'postgres', NULL), ('extra_float_digits', '1', NULL), ('bytea_output', 'hex', NULL),
  ('xmlbinary', 'base64', NULL), ('xmloption', 'content', NULL), ('lc_monetary', 'C', NULL), ('lc_numeric', 'C', NULL), ('lc_time', 'C', NULL),

  -- Transactions. A transaction that needs a higher level sets it itself. A read-only server is left alone, see pin.sql.
  ('default_transaction_isolation', 'read committed', NULL), ('default_transaction_read_only', 'off', NULL),
  ('default_transaction_deferrable', 'off', NULL),
  -- A confirmed commit must survive a crash of the server. With off, a ledger that says "completed" could be lost. Values that also wait
  -- for replicas are allowed.
  ('synchronous_commit', 'local', '{on,local,remote_write,remote_apply}'),
  -- An error ends a statement, not the session.
  ('exit_on_error', 'off', NULL),

  -- Time limits in milliseconds. The last two exist on newer servers only and are off: a run takes long, and a worker that waits for its
  -- turn is idle.
  ('statement_timeout', :'statement_timeout', NULL), ('lock_timeout', :'lock_timeout', NULL),
  ('idle_in_transaction_session_timeout', :'idle_timeout', NULL), ('idle_session_timeout', '0', NULL), ('transaction_timeout', '0', NULL),
  -- A query ends 2 s after its client is gone. A silent connection is closed after 30 s.
  ('client_connection_check_interval', '2000', NULL), ('tcp_keepalives_idle', '15', NULL), ('tcp_keepalives_interval', '5', NULL),
  ('tcp_keepalives_count', '3', NULL), ('tcp_user_timeout', '30000', NULL),

  -- Keeps rows and parameters out of the server's log, as far as a session can. sql/roles/limits.sql covers the rest.
  ('log_parameter_max_length_on_error', '0', NULL), ('debug_print_parse', 'off', NULL), ('debug_print_rewritten', 'off', NULL),
  ('debug_print_plan', 'off', NULL), ('client_min_messages', 'warning', NULL),

  -- Storage of new tables: temporary tables and the ledger. Where temporary files are stored (temp_tablespaces) is the administrator's
  -- decision.
  ('default_table_access_method', 'heap', NULL), ('default_tablespace', '', NULL),

  -- The same plans for every role. Planner settings cannot change a result, but a chunk that takes a day is as bad as one that hangs. The
  -- rows of a chunk are in memory once it has claimed them. Finding one again costs no seek, so a low random_page_cost avoids a scan of the
  -- whole table.
  ('random_page_cost', '1.1', NULL), ('seq_page_cost', NULL, NULL),
  ('jit', 'off', NULL), ('work_mem', '65536', NULL), ('hash_mem_multiplier', NULL, NULL),
  ('cpu_tuple_cost', NULL, NULL), ('cpu_index_tuple_cost', NULL, NULL), ('cpu_operator_cost', NULL, NULL), ('constraint_exclusion', NULL, NULL),
  ('plan_cache_mode', NULL, NULL), ('from_collapse_limit', NULL, NULL), ('join_collapse_limit', NULL, NULL), ('cursor_tuple_fraction', NULL, NULL),
  ('default_statistics_target', NULL, NULL), ('recursive_worktable_factor', NULL, NULL), ('geqo', NULL, NULL), ('geqo_threshold', NULL, NULL),
  ('geqo_effort', NULL, NULL), ('geqo_pool_size', NULL, NULL), ('geqo_generations', NULL, NULL), ('geqo_selection_bias', NULL, NULL),
  ('geqo_seed', NULL, NULL), ('parallel_setup_cost', NULL, NULL), ('parallel_tuple_cost', NULL, NULL), ('parallel_leader_participation', NULL, NULL),
  ('force_parallel_mode', NULL, NULL), ('debug_parallel_query', NULL, NULL)
UNION ALL
SELECT name, NULL, NULL FROM pg_catalog.pg_settings WHERE pg_catalog.starts_with(name, 'enable_')
