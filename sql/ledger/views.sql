-- The ledger's views, the public interface of its tables. Initialize-CmEtlDatabase creates them after the migrations, and creates them
-- again whenever this text changes. To change a view, edit this file. The comment of each view holds the checksum of the text.
-- Use statement_timestamp(), not clock_timestamp(). PostgreSQL computes a view with a volatile column for every run before it selects one
-- (https://www.postgresql.org/docs/current/xfunc-volatility.html), and after a year there are hundreds. YearTwoTests counts the rows that
-- are read.

CREATE VIEW :"ledger".chunk_status AS
SELECT c.run_id, c.chunk_id, c.state, c.estimated_rows, c.keys, c.dates, c.ssns, c.first_date, c.last_date, c.split_key,
       c.attempt, c.failures, c.worker, c.lease_until,
       -- During its transaction a worker holds the chunk's row and its advisory lock (chunk/hold.sql), so an expired lease means nothing
       -- while that session works.
       c.state = 'processing' AND c.lease_until < statement_timestamp() AND l.pid IS NULL AS stuck,
       c.rows_claimed, c.rows_confirmed, c.rows_unchanged, c.rows_unconfirmed, c.rows_deferred, c.gps_rejects, c.width_cuts,
       c.started_at, c.finished_at, c.finished_at - c.started_at AS duration, c.sqlstate, c.error, c.round,
       c.rows_doubtful, c.unusable_values, l.pid AS session_pid
  FROM :"ledger".chunk AS c
  LEFT JOIN pg_locks AS l ON c.state = 'processing' AND :session_lock AND l.objid::bigint = c.chunk_id;

CREATE VIEW :"ledger".run_status AS
SELECT r.run_id, r.state,
       CASE WHEN r.state <> 'running' AND r.planned_at IS NOT NULL AND c.done = c.total THEN 'finished'
            WHEN r.task01_at IS NULL THEN 'task01'
            WHEN r.planned_at IS NULL THEN 'planning'
            ELSE 'chunks' END AS step,
       CASE WHEN r.state = 'running' AND r.lease_until < statement_timestamp() AND c.live = 0 THEN 'no process works on it: start again to resume'
            WHEN r.state = 'running' AND r.stop_requested_at IS NOT NULL THEN
              concat('stop requested', ' by ' || nullif(r.stop_requested_by, ''), ': ' || nullif(r.stop_reason, ''), '; chunks in progress are being finished')
            WHEN r.state = 'running' AND r.stop_at <= statement_timestamp() THEN 'time limit reached; chunks in progress are being finished'
            WHEN r.state = 'running' AND r.suspended_at IS NOT NULL THEN
              concat('suspended since ', to_char(r.suspended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ' UTC by ' || r.suspended_by,
                     ': ' || nullif(r.suspended_reason, ''))
            WHEN r.reason <> '' THEN r.reason
            WHEN r.state = 'completed' THEN coalesce(nullif(verdict.reason, ''), r.hook_failure)
            ELSE '' END AS reason,
       r.phase, r.mark_mode, coalesce(r.delta_of, '') AS delta_of, r.window_from, r.window_to, r.started_at, r.finished_at,
       coalesce(r.finished_at, statement_timestamp()) - r.started_at AS elapsed,
       c.total AS chunks_total, c.pending AS chunks_pending, c.processing AS chunks_processing, c.done AS chunks_done,
       c.failed AS chunks_failed, c.stuck AS chunks_stuck,
       coalesce(r.planned_rows, 0) AS rows_planned, n.rows_confirmed, n.rows_unchanged, n.rows_unconfirmed, n.rows_deferred,
       c.rows_locked, c.rows_pending,
       CASE WHEN r.rows_confirmed IS NULL THEN c.rows_drift
            ELSE n.rows_confirmed + n.rows_unconfirmed + n.rows_deferred + coalesce(r.rows_missed, 0) - coalesce(r.planned_rows, 0) END AS rows_drift,
       c.rows_recent, c.gps_rejects, c.width_cuts, c.rows_doubtful, c.unusable_values,
       rate.rows_per_second,
       -- A run that is suspended, or on which no process works, has no end that could be estimated.
       CASE WHEN r.state = 'running' AND rate.rows_per_second > 0 AND r.suspended_at IS NULL AND (r.lease_until >= statement_timestamp() OR c.live > 0)
            THEN make_interval(secs => (c.rows_open / rate.rows_per_second)::double precision) END AS eta,
       CASE WHEN r.state = 'completed' THEN 100.0
            WHEN coalesce(r.planned_rows, 0) = 0 THEN 0.0
            ELSE 100.0 * (r.planned_rows - c.rows_open) / r.planned_rows END AS percent_complete,
       verdict.sweep_safe, r.implausible, r.approved_at, coalesce(r.approved_by, '') AS approved_by,
       coalesce(r.approved_reason, '') AS approved_reason, r.rows_missed,
       r.reminders_added, r.reminders_changed, r.snapshot_rows, r.rows_vanished,
       r.leader, r.stop_at, r.suspended_at, r.max_concurrency, r.hook_failure
  FROM :"ledger".run AS r
 CROSS JOIN LATERAL (
       SELECT count(*) AS total,
              count(*) FILTER (WHERE s.state = 'pending') AS pending,
              count(*) FILTER (WHERE s.state = 'processing') AS processing,
              count(*) FILTER (WHERE s.state = 'processing' AND NOT s.stuck) AS live,
              count(*) FILTER (WHERE s.state = 'done') AS done,
              count(*) FILTER (WHERE s.state IN ('failed', 'quarantined')) AS failed,
              count(*) FILTER (WHERE s.stuck) AS stuck,
              -- Round 0 is the plan. Later rounds examine rows again, most of which these sums already include.
              coalesce(sum(s.rows_confirmed) FILTER (WHERE s.state = 'done' AND s.round = 0), 0)::bigint AS rows_confirmed,
              coalesce(sum(s.rows_unchanged) FILTER (WHERE s.state = 'done' AND s.round = 0), 0)::bigint AS rows_unchanged,
              coalesce(sum(s.rows_unconfirmed) FILTER (WHERE s.state = 'done' AND s.round = 0), 0)::bigint AS rows_unconfirmed,
              coalesce(sum(s.rows_deferred) FILTER (WHERE s.state = 'done' AND s.round = 0), 0)::bigint AS rows_deferred,
              coalesce(sum(s.rows_claimed) FILTER (WHERE s.state <> 'done'), 0)::bigint AS rows_locked,
              coalesce(sum(greatest(s.estimated_rows - s.rows_claimed, 0)) FILTER (WHERE s.state <> 'done'), 0)::bigint AS rows_pending,
              coalesce(sum(s.estimated_rows) FILTER (WHERE s.state <> 'done'), 0)::bigint AS rows_open,
              coalesce(sum(s.rows_claimed - s.estimated_rows) FILTER (WHERE s.state = 'done' AND s.round = 0), 0)::bigint AS rows_drift,
              coalesce(sum(s.rows_confirmed) FILTER (
                WHERE s.state = 'done' AND s.finished_at > statement_timestamp() - interval '1 hour'), 0)::bigint AS rows_recent,
              coalesce(sum(s.rows_doubtful) FILTER (WHERE s.state = 'done'), 0)::bigint AS rows_doubtful,
              coalesce(sum(s.gps_rejects), 0)::bigint AS gps_rejects,
              coalesce(sum(s.unusable_values), 0)::bigint AS unusable_values,
              coalesce(sum(s.width_cuts), 0)::bigint AS width_cuts,
              min(s.started_at) FILTER (WHERE s.state = 'done') AS first_start,
              max(s.finished_at) FILTER (WHERE s.state = 'done') AS last_finish
         FROM :"ledger".chunk_status AS s
        WHERE s.run_id = r.run_id) AS c
 CROSS JOIN LATERAL (  -- the counts of the table at the end of the run; until then, the sums of the chunks
       SELECT coalesce(r.rows_confirmed, c.rows_confirmed) AS rows_confirmed, coalesce(r.rows_unchanged, c.rows_unchanged) AS rows_unchanged,
              coalesce(r.rows_unconfirmed, c.rows_unconfirmed) AS rows_unconfirmed, coalesce(r.rows_deferred, c.rows_deferred) AS rows_deferred) AS n
 CROSS JOIN LATERAL (  -- over the last minute of work; times in which no chunk was processed, such as a pause, do not count
       SELECT recent.rows / nullif((SELECT sum(extract(epoch FROM upper(b) - lower(b))) FROM unnest(recent.busy) AS b), 0) AS rows_per_second
         FROM (SELECT sum(s.estimated_rows) AS rows,
                      -- least(): the clock of a server can be set back.
                      range_agg(tstzrange(least(greatest(s.started_at, c.last_finish - interval '1 minute'), s.finished_at), s.finished_at)) AS busy
                 FROM :"ledger".chunk AS s
                WHERE s.run_id = r.run_id AND s.state = 'done' AND s.finished_at > c.last_finish - interval '1 minute') AS recent) AS rate
 CROSS JOIN LATERAL (  -- whether later tasks may rely on the run: completed, plausible or approved, recent, and the newest of its conflict schema
       SELECT r.state = 'completed' AND (r.implausible = '' OR r.approved_at IS NOT NULL) AND recent.is_so IS TRUE AND newer.run_id IS NULL AS sweep_safe,
              CASE WHEN r.implausible <> '' AND r.approved_at IS NULL THEN r.implausible
                   WHEN newer.run_id IS NOT NULL THEN format('not sweep-safe: run %s was started after it', newer.run_id)
                   WHEN r.sweep_safe_until IS NULL THEN 'not sweep-safe: completed by a version that does not check whether the result is plausible'
                   WHEN NOT recent.is_so THEN format('not sweep-safe: completed at %s UTC, too long ago for sweep_safe_max_age_hours',
                                                     to_char(r.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'))
                   WHEN r.approved_at IS NOT NULL THEN format('approved by %s: %s', r.approved_by, r.approved_reason)
                   ELSE '' END AS reason
         -- An end in the future means that the clock was set back. The age of the run is then unknown.
         FROM (SELECT statement_timestamp() BETWEEN r.finished_at - interval '5 minutes' AND r.sweep_safe_until AS is_so) AS recent
         LEFT JOIN LATERAL (
              SELECT n.run_id FROM :"ledger".run AS n
               WHERE n.conflict_schema = r.conflict_schema AND n.number > r.number ORDER BY n.number DESC LIMIT 1) AS newer ON true) AS verdict;
