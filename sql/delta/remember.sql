-- Stores the fingerprints of a chunk's visits for the next run: for visits of recomputed pairs, the content that was read to recompute
-- them, for the others, the content that was compared. If a visit was joined with a row that may be newer than the first look at the
-- dimensions, its fingerprint is stored as unknown (NULL), so the next run treats it as changed.
WITH entry AS (
  SELECT hashtextextended(v.visit_id::text, :'seed'::bigint) AS key, CASE WHEN NOT v.fresh THEN v.content END AS content, v.place
    FROM cm_visit AS v
   UNION ALL
  SELECT s.key, s.content, s.place
    FROM cm_seen AS s
   WHERE NOT s.pair AND NOT EXISTS (SELECT FROM cm_visit AS v WHERE hashtextextended(v.visit_id::text, :'seed'::bigint) = s.key)
),
unconfirmed AS MATERIALIZED (
  SELECT s.key, s.doubtful FROM cm_seen AS s WHERE s.pair
   UNION ALL
  SELECT hashtextextended(k.id::text, :'seed'::bigint), p.row IS NOT NULL
    FROM cm_claimed AS k
    LEFT JOIN cm_pair AS p ON p.row = k.row AND p.part = k.part
   WHERE p.holds IS NOT TRUE
),
kept AS (
  INSERT INTO :"ledger".fingerprint (run_id, keys, contents, places, unconfirmed, doubtful, pairs_layout, visits_layout)
  SELECT :'run_id', coalesce(array_agg(e.key), '{}'), coalesce(array_agg(e.content), '{}'), coalesce(array_agg(e.place), '{}'),
         (SELECT coalesce(array_agg(u.key), '{}') FROM unconfirmed AS u), (SELECT array_agg(u.key) FROM unconfirmed AS u WHERE u.doubtful),
         :'pairs_layout', :'visits_layout'
    FROM entry AS e
  RETURNING fingerprint_id
)
UPDATE :"ledger".chunk AS c
   SET fingerprint_id = k.fingerprint_id
  FROM kept AS k
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer;
