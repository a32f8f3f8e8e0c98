-- Events, oldest first: of one run, or of all runs of the conflict schema when run_id is null. An empty list of chunks means every event.
SELECT e.event_id, e.run_id, e.at, e.chunk_id, e.attempt, e.kind, e.actor, e.rows, e.reason
  FROM :"ledger".event AS e
  JOIN :"ledger".run AS r USING (run_id)
 WHERE r.conflict_schema = :'conflict_schema'
   AND (:'run_id'::text IS NULL OR e.run_id = :'run_id'::text)
   AND (:'since'::timestamptz IS NULL OR e.at >= :'since'::timestamptz)
   AND (:'chunk_ids'::integer[] = '{}' OR e.chunk_id = ANY (:'chunk_ids'::integer[]))
   AND e.event_id > :'after'::bigint
 ORDER BY e.event_id;
