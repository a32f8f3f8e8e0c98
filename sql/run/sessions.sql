-- The sessions that have an open transaction for a run: for one of its chunks or, with chunk -1, for any chunk and any step of its leader.
-- Terminates the session with the given pid in the same statement: it still holds the run's lock, so the pid cannot belong to another
-- session.
SELECT s.pid, CASE WHEN s.pid = :'pid'::integer THEN pg_terminate_backend(s.pid) END AS ended
  FROM (SELECT c.session_pid AS pid
          FROM :"ledger".chunk_status AS c
         WHERE c.run_id = :'run_id' AND c.session_pid IS NOT NULL AND :'chunk_id'::integer IN (c.chunk_id, -1)
         UNION
        SELECT l.pid
          FROM :"ledger".run AS c
          JOIN pg_locks AS l ON :session_lock
         WHERE c.run_id = :'run_id' AND :'chunk_id'::integer = -1) AS s;
