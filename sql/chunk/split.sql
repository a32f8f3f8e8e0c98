-- Splits a chunk that hit its time limit or contains a row that cannot be written: the upper half becomes a new chunk, and both wait for a
-- worker. A chunk of a single row cannot be split. It is quarantined, because a retry would fail again. The number of splits per run is
-- limited. Each chunk that was completed after a split raises the limit: if no split helps, the rows are not the cause, and the chunk fails
-- without a further split. The attempt is the fence, as for every write. No row means that the attempt is outdated. Runs after
-- run/lock.sql, so it sees the splits of all other workers.
WITH held AS (
  SELECT k.* FROM :"ledger".run AS r JOIN :"ledger".chunk AS k USING (run_id)
   WHERE r.run_id = :'run_id' AND r.state IN ('running', 'failed', 'stopped', 'timedout')
     AND k.chunk_id = :'chunk_id'::integer AND k.attempt = :'attempt'::integer AND k.state = 'processing'
     FOR UPDATE OF k
),
rows AS (
  SELECT c."VisitDate" AS visit_date, coalesce(c."SSN", '') COLLATE "C" AS ssn, 
         -- As in plan/cuts.sql: a bound is a bigint.
         CASE WHEN c."ID"::numeric BETWEEN -9223372036854775807 AND 9223372036854775807 THEN floor(c."ID"::numeric)::bigint END AS id,
         row_number() OVER (ORDER BY c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") > count(*) OVER () / 2 AS upper
    FROM held AS k
    JOIN :"conflict".conflictvisitmaps AS c
      ON c."CONFLICTID" IS NOT NULL AND :in_range_of_chunk
),
half AS (
  SELECT upper, count(*) AS rows, count(DISTINCT (visit_date, ssn)) AS keys, count(DISTINCT visit_date) AS dates,
         count(DISTINCT ssn) AS ssns, min(visit_date) AS first_date, max(visit_date) AS last_date
    FROM rows GROUP BY upper
),
border AS (
  SELECT r.visit_date, r.ssn, r.id
    FROM rows AS r, held AS k
   WHERE r.upper AND r.id IS NOT NULL AND EXISTS (SELECT FROM rows WHERE NOT upper) AND (r.visit_date, r.ssn, r.id) > (k.from_date, k.from_ssn, k.from_id)
     AND k.splits < :'deepest_split'::integer
     AND (SELECT count(*) FROM :"ledger".event AS e WHERE e.run_id = :'run_id' AND e.kind = 'chunk split')
       < :'most_splits'::integer + :'splits_per_done'::integer * (
         SELECT count(*) FROM :"ledger".chunk AS d WHERE d.run_id = :'run_id' AND d.state = 'done' AND d.splits > 0)
   ORDER BY visit_date, ssn, id LIMIT 1
),
numbered AS (
  UPDATE :"ledger".run AS r SET planned_chunks = r.planned_chunks + 1
   WHERE r.run_id = :'run_id' AND EXISTS (SELECT FROM border)
  RETURNING r.planned_chunks - 1 AS chunk_id
),
upper_half AS (
  INSERT INTO :"ledger".chunk (run_id, chunk_id, from_date, from_ssn, from_id, to_date, to_ssn, to_id,
                               first_date, last_date, estimated_rows, keys, dates, ssns, split_key, rows_claimed, splits,
                               round, mark_xids)
  SELECT k.run_id, n.chunk_id, b.visit_date, b.ssn, b.id, k.to_date, k.to_ssn, k.to_id,
         h.first_date, h.last_date, h.rows, h.keys, h.dates, h.ssns, true, least(k.rows_claimed, h.rows), k.splits + 1, k.round, k.mark_xids
    FROM held AS k, border AS b, numbered AS n, half AS h WHERE h.upper
),
lower_half AS (
  UPDATE :"ledger".chunk AS c
     SET state = 'pending', lease_until = NULL, finished_at = clock_timestamp(), sqlstate = :'sqlstate', error = :'error',
         to_date = b.visit_date, to_ssn = b.ssn, to_id = b.id, first_date = h.first_date, last_date = h.last_date,
         estimated_rows = h.rows, keys = h.keys, dates = h.dates, ssns = h.ssns, split_key = true, splits = k.splits + 1,
         rows_claimed = least(k.rows_claimed, h.rows)
    FROM held AS k, border AS b, half AS h
   WHERE c.run_id = k.run_id AND c.chunk_id = k.chunk_id AND NOT h.upper
),
outcome AS (
  SELECT o.state, :'error' || CASE o.state WHEN 'failed' THEN :'not_split' ELSE '' END AS error
    FROM (SELECT CASE WHEN EXISTS (SELECT FROM border) THEN 'split' WHEN count(*) > 1 THEN 'failed' ELSE 'quarantined' END AS state FROM rows) AS o
),
uncut AS (
  UPDATE :"ledger".chunk AS c
     SET state = outcome.state, failures = c.failures + 1, lease_until = NULL, finished_at = clock_timestamp(), sqlstate = :'sqlstate', error = outcome.error
    FROM held AS k, outcome
   WHERE c.run_id = k.run_id AND c.chunk_id = k.chunk_id AND outcome.state <> 'split'
)
INSERT INTO :"ledger".event (run_id, chunk_id, attempt, kind, reason)
SELECT run_id, chunk_id, attempt, 'chunk ' || outcome.state, outcome.error FROM held, outcome;
