-- Whether the lock l, a row of pg_locks, is held for c: a chunk (chunk/hold.sql) or a run (run/lock_step.sql). Every role can see these locks, unlike
-- the columns of pg_stat_activity. A session that got the process id of a dead worker does not hold them.
l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
AND l.classid::bigint::bit(32)::integer = :lock_key
