-- Objects that 001_ledger.sql creates and this ledger lacks. Ledgers that were created before migrations had checksums are checked in this
-- way, because the text of 001 was edited in place until then, and its number alone does not tell which tables it created. Both texts are
-- final.
WITH wanted (prefix, items) AS (VALUES
  ('run.', ARRAY['run_id text not null', 'conflict_schema text not null', 'state text not null', 'reason text not null', 'phase text not null',
    'mark_mode text not null', 'window_from date not null', 'window_to date not null', 'time_zone text not null',
    'settings_hash text not null', 'sql_hash text not null', 'attempt integer not null',
    'lease_until timestamp with time zone not null', 'started_at timestamp with time zone not null',
    'resumed_at timestamp with time zone', 'finished_at timestamp with time zone', 'stop_requested_at timestamp with time zone',
    'task01_at timestamp with time zone', 'reminders_added bigint', 'reminders_changed bigint', 'snapshot_rows bigint',
    'planned_at timestamp with time zone', 'planned_rows bigint', 'planned_chunks integer', 'rows_missed bigint', 'baseline xid8',
    'delta_of text', 'delta_versions jsonb']),
  ('chunk.', ARRAY['run_id text not null', 'chunk_id integer not null', 'from_date date not null', 'from_ssn text not null',
    'from_id bigint not null', 'to_date date not null', 'to_ssn text not null', 'to_id bigint not null', 'first_date date not null',
    'last_date date not null', 'estimated_rows bigint not null', 'keys integer not null', 'dates integer not null',
    'ssns integer not null', 'split_key boolean not null', 'cost double precision', 'state text not null',
    'attempt integer not null', 'failures integer not null', 'not_before timestamp with time zone', 'worker text not null',
    'backend_pid integer', 'lease_until timestamp with time zone', 'rows_claimed bigint not null', 'rows_confirmed bigint not null',
    'rows_unchanged bigint not null', 'rows_unconfirmed bigint not null', 'rows_deferred bigint not null',
    'gps_rejects bigint not null', 'width_cuts bigint not null', 'xid xid8', 'versions jsonb', 'visits tid[]',
    'started_at timestamp with time zone', 'finished_at timestamp with time zone', 'sqlstate text not null', 'error text not null']),
  ('event.', ARRAY['event_id bigint not null', 'at timestamp with time zone not null', 'run_id text not null', 'chunk_id integer',
    'attempt integer', 'kind text not null', 'actor text not null', 'rows bigint', 'reason text not null']),
  ('index ', ARRAY['run_pkey', 'event_pkey', 'run_one_active', 'run_newest', 'chunk_pkey', 'chunk_range', 'chunk_open', 'event_by_run'])),
found AS (
  SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS item
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE c.relnamespace = to_regnamespace(quote_ident(:'ledger_schema'))
  UNION ALL
  SELECT 'index ' || c.relname
    FROM pg_class AS c
   WHERE c.relnamespace = to_regnamespace(quote_ident(:'ledger_schema')) AND c.relkind = 'i'
)
SELECT w.prefix || i.item AS missing
  FROM wanted AS w
 CROSS JOIN LATERAL unnest(w.items) AS i (item)
 WHERE NOT EXISTS (SELECT FROM found AS f WHERE f.item = w.prefix || i.item)
 ORDER BY missing;
