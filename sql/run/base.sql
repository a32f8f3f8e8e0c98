-- The baseline run of a delta run: the newest one that was completed with the same settings, statements and time zone and has looked at the
-- dimensions. A row version carries only 32 bits of its transaction id: a run that is half that range old could be mistaken for a newer
-- one. A copied ledger is not used: the row of a chunk is as the chunk's own transaction wrote it, and a copy does not preserve the
-- transaction ids.
SELECT r.run_id
  FROM :"ledger".run AS r
 WHERE r.conflict_schema = :'conflict_schema' AND r.delta AND r.state = 'completed' AND r.settings_hash = :'settings_hash'
     AND r.sql_hash = :'sql_hash'
   AND r.time_zone = current_setting('TimeZone') AND r.look IS NOT NULL
   AND NOT EXISTS (SELECT FROM :"ledger".chunk AS c WHERE c.run_id = r.run_id AND c.xmin <> c.xid::xid)
   AND pg_snapshot_xmin(pg_current_snapshot())::text::bigint - r.baseline::text::bigint BETWEEN 0 AND 1073741824
 ORDER BY r.number DESC
 LIMIT 1;
