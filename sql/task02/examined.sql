-- Whether this run has examined the row version c. Either of two conditions is sufficient:
-- 1. The transaction of a done chunk wrote the version, or marked it in the current relation.
-- 2. The version is older than the run's baseline. Every transaction before the baseline had ended when the run began, so the chunk that
--    covers the key saw this version and claimed it. This does not suffice in three cases: (a) the version is unmarked, although the run
--    writes every pair that it confirms and marks the others; (b) not every chunk of the plan has read the current relation; (c) the
--    baseline is 2^30 or more transactions old. 32-bit transaction ids have an order only within 2^31 transactions.
-- Frozen rows keep their transaction id. A version that is more than 2^31 transactions old looks newer than the baseline and is examined
-- again. A version that is 2^32 transactions older than a transaction of this run has the same 32 bits. It was claimed as an old version
-- and has been examined. No version newer than the baseline looks older.
(c.xmin IN (
   SELECT k.xid::xid FROM :"ledger".chunk AS k WHERE k.run_id = :'run_id' AND k.state = 'done' AND k.xid IS NOT NULL
    UNION ALL
   SELECT m.xid::xid FROM :"ledger".chunk AS k CROSS JOIN LATERAL unnest(k.mark_xids) AS m (xid)
     WHERE k.run_id = :'run_id' AND k.state = 'done' AND k.relation = :'relation')
 OR (age(c.xmin) > (
       SELECT CASE WHEN pg_snapshot_xmin(pg_current_snapshot())::text::bigint - r.baseline::text::bigint < 1073741824
                    AND NOT EXISTS (SELECT FROM :"ledger".chunk AS k
                                     WHERE k.run_id = r.run_id AND k.round = 0 AND k.relation IS DISTINCT FROM :'relation')
                   THEN age(r.baseline::xid) ELSE 2147483647 END
         FROM :"ledger".run AS r WHERE r.run_id = :'run_id')
     AND (:'keeps'::boolean OR c."UpdateFlag" IS NOT DISTINCT FROM 1)))
