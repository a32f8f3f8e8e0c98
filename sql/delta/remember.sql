-- Keeps the fingerprints of a chunk's visits for the next run: for recomputed visits the content that was read when they were recomputed,
-- for the others the content that was compared. A visit that was joined with a row newer than the first look at the dimensions gets no
-- hash, so the next run treats it as changed.
WITH entry AS (
  SELECT hashtextextended(v.visit_id::text, :'seed'::bigint) AS key, CASE WHEN NOT v.fresh THEN v.content END AS content, v.place
    FROM cm_visit AS v
   UNION ALL
  SELECT s.key, s.content, s.place
    FROM cm_seen AS s
   WHERE NOT s.doubtful AND NOT EXISTS (SELECT FROM cm_visit AS v WHERE hashtextextended(v.visit_id::text, :'seed'::bigint) = s.key)
),
doubtful AS (
  SELECT s.key FROM cm_seen AS s WHERE s.doubtful
   UNION ALL
  SELECT hashtextextended(k.id::text, :'seed'::bigint)
    FROM cm_pair AS p
    JOIN cm_claimed AS k ON k.row = p.row AND k.part = p.part
   WHERE NOT p.holds
),
kept AS (
  INSERT INTO :"ledger".fingerprint (run_id, keys, contents, places, doubtful, pairs_layout, visits_layout)
  SELECT :'run_id', coalesce(array_agg(e.key), '{}'), coalesce(array_agg(e.content), '{}'), coalesce(array_agg(e.place), '{}'),
         (SELECT array_agg(d.key) FROM doubtful AS d), :'pairs_layout', :'visits_layout'
    FROM entry AS e
  RETURNING fingerprint_id
)
UPDATE :"ledger".chunk AS c
   SET fingerprint_id = k.fingerprint_id
  FROM kept AS k
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer;
