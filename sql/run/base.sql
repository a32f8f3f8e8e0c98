-- The run that a run with delta may be taken against: the newest that was completed with the same settings, statements and time zone, that
-- every chunk of recorded what it saw, all under the same definitions and reference data. Row versions carry 32 bits of their transaction:
-- a base that is half their range old could be mistaken for a newer one.
SELECT r.run_id, seen.versions::text AS versions
  FROM :"ledger".run AS r
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(same.key, same.versions) AS versions
         FROM (SELECT v.key, min(v.value) AS versions
                 FROM :"ledger".chunk AS c
                CROSS JOIN LATERAL jsonb_each_text(c.versions) AS v
                WHERE c.run_id = r.run_id AND c.xid IS NOT NULL
                GROUP BY v.key
               HAVING count(v.value) = r.planned_chunks AND min(v.value) = max(v.value)) AS same) AS seen
 WHERE r.conflict_schema = :'conflict_schema' AND r.state = 'completed' AND r.settings_hash = :'settings_hash' AND r.sql_hash = :'sql_hash'
   AND r.time_zone = current_setting('TimeZone') AND seen.versions ? 'reference'
   AND pg_snapshot_xmin(pg_current_snapshot())::text::bigint - r.baseline::text::bigint BETWEEN 0 AND 1073741824
 ORDER BY r.started_at DESC
 LIMIT 1;
