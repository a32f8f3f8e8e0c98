-- Whether this run has examined the row version c. It has when the transaction of a chunk wrote it, or marked it in the relation that the
-- chunk worked on. It also has when the version is older than the run's baseline: every transaction before the baseline had ended when the
-- run began, so the chunk that covers the key saw this version and claimed it. There are three exceptions. A run that writes every pair it
-- confirms leaves no such version unmarked. A chunk may have read another relation in place of the table. Beyond half the range of 32-bit
-- transaction ids the order is lost.
-- Frozen rows keep their transaction id. A version from two billion transactions ago looks newer than the baseline and is examined again. A
-- version with the same 32 bits as a transaction of this run is 2^32 transactions old, and was claimed as an old one. No version newer than
-- the baseline looks older.
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
