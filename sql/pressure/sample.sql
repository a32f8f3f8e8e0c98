-- What others feel of the run, as far as any role may see it: pids, roles and locks are shown to all, the rest of other people's sessions is not.
SELECT extract(epoch FROM clock_timestamp())::double precision AS at,
       (SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0)::double precision
          FROM pg_locks AS l
          JOIN pg_stat_activity AS waiting ON waiting.pid = l.pid AND waiting.usename IS DISTINCT FROM current_user
         WHERE NOT l.granted AND l.waitstart IS NOT NULL
           AND EXISTS (SELECT FROM pg_stat_activity AS ours WHERE ours.pid = ANY (pg_blocking_pids(l.pid)) AND ours.usename = current_user))
         AS lock_wait_seconds,
       -- What a replica has replayed is shown to members of pg_read_all_stats only; the slots show to all what it has received.
       -- A slot that nobody reads is an accident of its own; it would slow the run down for ever.
       (SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), replica.reached)), 0)::double precision
          FROM (SELECT r.replay_lsn FROM pg_stat_replication AS r
                UNION ALL
                SELECT coalesce(s.confirmed_flush_lsn, s.restart_lsn) FROM pg_replication_slots AS s WHERE s.active) AS replica (reached)) AS replica_lag_bytes,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::double precision AS wal_bytes,
       :free_connections AS free_connections;
