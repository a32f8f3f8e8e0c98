-- The run that a run with delta may be taken against: the newest that was completed with the same settings, statements and time zone, that
-- every chunk of recorded what it saw, all under the same definitions and reference data. Row versions carry 32 bits of their transaction:
-- a base that is half their range old could be mistaken for a newer one. A
-- ledger that was copied is not believed: the row of a chunk is as the chunk's own transaction left it, and no copy brings the transactions along.
SELECT r.run_id, seen.versions::text AS versions
  FROM :"ledger".run AS r
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(same.key, same.versions) AS versions
         FROM (SELECT v.key, min(v.value) AS versions
                 FROM :"ledger".chunk AS c
                CROSS JOIN LATERAL jsonb_each_text(c.versions) AS v
                WHERE c.run_id = r.run_id AND c.xid IS NOT NULL AND c.round = 0
                GROUP BY v.key
               HAVING count(v.value) = (SELECT count(*) FROM :"ledger".chunk AS p WHERE p.run_id = r.run_id AND p.round = 0) AND min(v.value) = max(v.value)) AS same) AS seen
 WHERE r.conflict_schema = :'conflict_schema' AND r.delta AND r.state = 'completed' AND r.settings_hash = :'settings_hash' AND r.sql_hash = :'sql_hash'
   AND r.time_zone = current_setting('TimeZone') AND seen.versions ? 'reference'
   AND NOT EXISTS (SELECT FROM :"ledger".chunk AS c WHERE c.run_id = r.run_id AND c.xmin <> c.xid::xid)
   AND pg_snapshot_xmin(pg_current_snapshot())::text::bigint - r.baseline::text::bigint BETWEEN 0 AND 1073741824
 ORDER BY r.number DESC
 LIMIT 1;
