-- Control of a run under way, from any process: who leads it, until when it may work, who asked it to stop or to pause and why, and how many
-- workers each of its processes may have. What is asked of a run outlives the process that leads it.
ALTER TABLE :"ledger".run DROP CONSTRAINT run_state_check;
ALTER TABLE :"ledger".run
  ADD CONSTRAINT run_state_check CHECK (state IN ('running', 'completed', 'failed', 'stopped', 'timedout', 'abandoned')),
  ADD COLUMN leader            text NOT NULL DEFAULT '',  -- the process that leads the run, or a state machine; '' in runs of older versions
  ADD COLUMN stop_at           timestamptz,               -- no chunk is begun from then on (-StopAt, -StopAfter)
  ADD COLUMN stop_kind         text CHECK (stop_kind IN ('request', 'budget')),
  ADD COLUMN stop_requested_by text,                      -- user of the operating system, host and database role
  ADD COLUMN stop_reason       text,
  ADD COLUMN suspended_at      timestamptz,               -- no chunk is begun until it is resumed
  ADD COLUMN suspended_by      text,
  ADD COLUMN suspended_reason  text,
  ADD COLUMN max_concurrency   integer CHECK (max_concurrency BETWEEN 1 AND 100),  -- of each process that works on it; null: the process's own setting
  ADD COLUMN hook_failure      text NOT NULL DEFAULT '';  -- the hook that failed at the last start of the run, and why
