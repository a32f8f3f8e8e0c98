-- How much the run affects other sessions, as far as any role can see it. All roles can see pids, role names and locks, but not the other
-- columns of other sessions.
SELECT extract(epoch FROM clock_timestamp())::double precision AS at,
       (SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0)::double precision
          FROM pg_locks AS l
          JOIN pg_stat_activity AS waiting ON waiting.pid = l.pid AND waiting.usename IS DISTINCT FROM current_user
         WHERE NOT l.granted AND l.waitstart IS NOT NULL
           AND EXISTS (SELECT FROM pg_stat_activity AS ours WHERE ours.pid = ANY (pg_blocking_pids(l.pid)) AND ours.usename = current_user))
         AS lock_wait_seconds,
       -- Only members of pg_read_all_stats can see what a replica has replayed. The slots show all roles what it has received. Inactive
       -- slots are ignored: they would slow the run down without end.
       (SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), replica.reached)), 0)::double precision
          FROM (SELECT r.replay_lsn FROM pg_stat_replication AS r
                UNION ALL
                SELECT coalesce(s.confirmed_flush_lsn, s.restart_lsn) FROM pg_replication_slots AS s WHERE s.active) AS replica (reached)) AS replica_lag_bytes,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::double precision AS wal_bytes,
       :free_connections AS free_connections;
