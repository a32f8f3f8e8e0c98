-- The ledger: the only source of truth for what is done. UpdateFlag in conflictvisitmaps keeps its own, older meaning
-- ("expected to be confirmed in this run, not yet confirmed") and is never used to decide whether to work.

CREATE TABLE :"ledger".run (
  run_id            text PRIMARY KEY CHECK (run_id ~ '^[A-Za-z0-9_-]{1,80}$'),  -- also a valid Step Functions execution name
  conflict_schema   text NOT NULL,
  state             text NOT NULL CHECK (state IN ('running', 'completed', 'failed', 'stopped', 'abandoned')),
  reason            text NOT NULL DEFAULT '',
  phase             text NOT NULL CHECK (phase IN ('sequential', 'chunked')),
  mark_mode         text NOT NULL CHECK (mark_mode IN ('twophase', 'singlepass')),
  window_from       date NOT NULL,
  window_to         date NOT NULL,
  time_zone         text NOT NULL,
  settings_hash     text NOT NULL,
  sql_hash          text NOT NULL,
  attempt           integer NOT NULL DEFAULT 1,          -- fence of the orchestrator; a resume raises it
  lease_until       timestamptz NOT NULL,
  started_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  resumed_at        timestamptz,
  finished_at       timestamptz,
  stop_requested_at timestamptz,
  task01_at         timestamptz,                         -- set in Task 01's own transaction: a resume never repeats it
  reminders_added   bigint,
  reminders_changed bigint,
  snapshot_rows     bigint,
  planned_at        timestamptz,
  planned_rows      bigint,
  planned_chunks    integer,
  rows_missed       bigint,                              -- in the window, neither confirmed nor marked at the end: came in after their chunk
  baseline          xid8,                                -- of a run with delta: what any older transaction wrote, all of its chunks have seen
  delta_of          text,                                -- the run that it is taken against; null: it recomputes every row
  delta_versions    jsonb                                -- chunk.versions of that run, as far as all of its chunks saw the same
);

-- One active run per conflict schema; a second start collides here whatever else goes wrong.
CREATE UNIQUE INDEX run_one_active ON :"ledger".run (conflict_schema) WHERE state = 'running';
CREATE INDEX run_newest ON :"ledger".run (conflict_schema, started_at DESC);

-- A chunk is the half-open range [from, to) over (VisitDate, SSN or '', ID) in "C" order. Rows without an SSN are the bucket ''.
-- Neighbours share their bound, so ranges are disjoint and cover the window by construction. Bounds hold SSNs: grant like the data.
CREATE TABLE :"ledger".chunk (
  run_id           text NOT NULL REFERENCES :"ledger".run ON DELETE CASCADE,
  chunk_id         integer NOT NULL,
  from_date        date NOT NULL,
  from_ssn         text COLLATE "C" NOT NULL,
  from_id          bigint NOT NULL,
  to_date          date NOT NULL,
  to_ssn           text COLLATE "C" NOT NULL,
  to_id            bigint NOT NULL,
  first_date       date NOT NULL,                        -- what may be shown of the bounds
  last_date        date NOT NULL,
  estimated_rows   bigint NOT NULL,
  keys             integer NOT NULL,
  dates            integer NOT NULL,
  ssns             integer NOT NULL,
  split_key        boolean NOT NULL,
  -- What it will take, in rows: a row is found, judged and written in about 40 microseconds, each visit is looked up and put together in about
  -- 30 (docs/performance.md). A key of n directed pairs names about (1 + sqrt(1 + 4n)) / 2 visits.
  cost             double precision GENERATED ALWAYS AS (
                     estimated_rows + 0.75 * keys * (1 + sqrt(1 + 4.0 * estimated_rows / greatest(keys, 1))) / 2) STORED,
  state            text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'processing', 'done', 'failed', 'quarantined')),
  attempt          integer NOT NULL DEFAULT 0,           -- the fence: raised by every claim and every reset
  failures         integer NOT NULL DEFAULT 0,
  not_before       timestamptz,                          -- backoff after a failure
  worker           text NOT NULL DEFAULT '',
  backend_pid      integer,
  lease_until      timestamptz,
  rows_claimed     bigint NOT NULL DEFAULT 0,
  rows_confirmed   bigint NOT NULL DEFAULT 0,
  rows_unchanged   bigint NOT NULL DEFAULT 0,            -- of the confirmed ones: equal already, not written again
  rows_unconfirmed bigint NOT NULL DEFAULT 0,
  rows_deferred    bigint NOT NULL DEFAULT 0,
  gps_rejects      bigint NOT NULL DEFAULT 0,
  width_cuts       bigint NOT NULL DEFAULT 0,
  xid              xid8,                                 -- the transaction that wrote its rows
  versions         jsonb,                                -- of a run with delta: what its snapshot saw of the tables that are looked things up in
  visits           tid[],                                -- of a run with delta: where its visits stood; null unless its range holds just what it judged
  started_at       timestamptz,
  finished_at      timestamptz,
  sqlstate         text NOT NULL DEFAULT '',
  error            text NOT NULL DEFAULT '',
  PRIMARY KEY (run_id, chunk_id)
);

-- A run with delta looks its ranges up in the run before.
CREATE INDEX chunk_range ON :"ledger".chunk (run_id, from_date, from_ssn, from_id);

-- Not compressed: places hardly shrink, and a run that finds nothing changed hands them on.
ALTER TABLE :"ledger".chunk ALTER visits SET STORAGE EXTERNAL;

CREATE INDEX chunk_open ON :"ledger".chunk (run_id, cost DESC, chunk_id) WHERE state IN ('pending', 'processing');

-- Append-only: who did what, when and why.
CREATE TABLE :"ledger".event (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  run_id   text NOT NULL,
  chunk_id integer,
  attempt  integer,
  kind     text NOT NULL,
  actor    text NOT NULL DEFAULT session_user,
  rows     bigint,
  reason   text NOT NULL DEFAULT ''
);

CREATE INDEX event_by_run ON :"ledger".event (run_id, event_id);

CREATE VIEW :"ledger".chunk_status AS
SELECT c.run_id, c.chunk_id, c.state, c.estimated_rows, c.keys, c.dates, c.ssns, c.first_date, c.last_date, c.split_key,
       c.attempt, c.failures, c.worker, c.lease_until,
       -- A worker inside its transaction holds the chunk's row lock, so a lease that is over means nothing while its session works.
       c.state = 'processing' AND c.lease_until < clock_timestamp() AND NOT EXISTS (
         SELECT FROM pg_stat_activity AS a WHERE a.pid = c.backend_pid AND a.state IS DISTINCT FROM 'idle') AS stuck,
       c.rows_claimed, c.rows_confirmed, c.rows_unchanged, c.rows_unconfirmed, c.rows_deferred, c.gps_rejects, c.width_cuts,
       c.started_at, c.finished_at, c.finished_at - c.started_at AS duration, c.sqlstate, c.error
  FROM :"ledger".chunk AS c;

CREATE VIEW :"ledger".run_status AS
SELECT r.run_id, r.state,
       CASE WHEN r.state <> 'running' AND r.planned_at IS NOT NULL AND c.done = c.total THEN 'finished'
            WHEN r.task01_at IS NULL THEN 'task01'
            WHEN r.planned_at IS NULL THEN 'planning'
            ELSE 'chunks' END AS step,
       CASE WHEN r.reason <> '' THEN r.reason
            WHEN r.state = 'running' AND r.stop_requested_at IS NOT NULL THEN 'stop requested, chunks in work are being finished'
            WHEN r.state = 'running' AND r.lease_until < clock_timestamp() AND c.live = 0 THEN 'nobody works on it: start again to resume'
            ELSE '' END AS reason,
       r.phase, r.mark_mode, coalesce(r.delta_of, '') AS delta_of, r.window_from, r.window_to, r.started_at, r.finished_at,
       coalesce(r.finished_at, clock_timestamp()) - r.started_at AS elapsed,
       c.total AS chunks_total, c.pending AS chunks_pending, c.processing AS chunks_processing, c.done AS chunks_done,
       c.failed AS chunks_failed, c.stuck AS chunks_stuck,
       coalesce(r.planned_rows, 0) AS rows_planned, c.rows_confirmed, c.rows_unchanged, c.rows_unconfirmed, c.rows_deferred,
       c.rows_locked, c.rows_pending, c.rows_drift, c.rows_recent, c.gps_rejects, c.width_cuts,
       rate.rows_per_second,
       CASE WHEN r.state = 'running' AND rate.rows_per_second > 0
            THEN make_interval(secs => (c.rows_open / rate.rows_per_second)::double precision) END AS eta,
       CASE WHEN r.state = 'completed' THEN 100.0
            WHEN coalesce(r.planned_rows, 0) = 0 THEN 0.0
            ELSE 100.0 * (r.planned_rows - c.rows_open) / r.planned_rows END AS percent_complete,
       r.state = 'completed' AS sweep_safe, r.rows_missed,
       r.reminders_added, r.reminders_changed, r.snapshot_rows
  FROM :"ledger".run AS r
 CROSS JOIN LATERAL (
       SELECT count(*) AS total,
              count(*) FILTER (WHERE s.state = 'pending') AS pending,
              count(*) FILTER (WHERE s.state = 'processing') AS processing,
              count(*) FILTER (WHERE s.state = 'processing' AND NOT s.stuck) AS live,
              count(*) FILTER (WHERE s.state = 'done') AS done,
              count(*) FILTER (WHERE s.state IN ('failed', 'quarantined')) AS failed,
              count(*) FILTER (WHERE s.stuck) AS stuck,
              coalesce(sum(s.rows_confirmed) FILTER (WHERE s.state = 'done'), 0)::bigint AS rows_confirmed,
              coalesce(sum(s.rows_unchanged) FILTER (WHERE s.state = 'done'), 0)::bigint AS rows_unchanged,
              coalesce(sum(s.rows_unconfirmed) FILTER (WHERE s.state = 'done'), 0)::bigint AS rows_unconfirmed,
              coalesce(sum(s.rows_deferred) FILTER (WHERE s.state = 'done'), 0)::bigint AS rows_deferred,
              coalesce(sum(s.rows_claimed) FILTER (WHERE s.state <> 'done'), 0)::bigint AS rows_locked,
              coalesce(sum(greatest(s.estimated_rows - s.rows_claimed, 0)) FILTER (WHERE s.state <> 'done'), 0)::bigint AS rows_pending,
              coalesce(sum(s.estimated_rows) FILTER (WHERE s.state <> 'done'), 0)::bigint AS rows_open,
              coalesce(sum(s.rows_claimed - s.estimated_rows) FILTER (WHERE s.state = 'done'), 0)::bigint AS rows_drift,
              coalesce(sum(s.rows_confirmed) FILTER (
                WHERE s.state = 'done' AND s.finished_at > clock_timestamp() - interval '1 hour'), 0)::bigint AS rows_recent,
              coalesce(sum(s.gps_rejects), 0)::bigint AS gps_rejects,
              coalesce(sum(s.width_cuts), 0)::bigint AS width_cuts,
              min(s.started_at) FILTER (WHERE s.state = 'done') AS first_start,
              max(s.finished_at) FILTER (WHERE s.state = 'done') AS last_finish
         FROM :"ledger".chunk_status AS s
        WHERE s.run_id = r.run_id) AS c
 CROSS JOIN LATERAL (  -- over the last minute of work, so that a pause or a resume does not distort it
       SELECT sum(s.estimated_rows) / nullif(extract(epoch FROM c.last_finish
                - greatest(min(s.started_at), c.last_finish - interval '1 minute')), 0) AS rows_per_second
         FROM :"ledger".chunk AS s
        WHERE s.run_id = r.run_id AND s.state = 'done' AND s.finished_at > c.last_finish - interval '1 minute') AS rate;
