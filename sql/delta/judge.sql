-- Stage 1 of a chunk of a delta run. Inserts the stored rows of the range that have to be recomputed into cm_claimed, and counts the
-- others. If the comparison is not worthwhile, it inserts nothing, and the engine recomputes every row. A row is unchanged when the
-- baseline run's chunk left this row version, and when both of its visits have the content that this chunk read and refer to no changed
-- key. Equal content, code and settings give an equal result. Visits are joined by the hash of their ID, which is cheaper than the ID. Runs
-- between delta/few_plans.sql and delta/all_plans.sql.
WITH base AS MATERIALIZED (
  -- The chunks of the baseline run that overlap this range, usually one. whole: it covers this range. exact: it has the same range.
  SELECT k.chunk_id, k.xid::xid AS version, k.from_date, k.from_ssn, k.from_id, k.to_date, k.to_ssn, k.to_id,
         (k.from_date, k.from_ssn, k.from_id) <= (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
         AND (k.to_date, k.to_ssn, k.to_id) >= (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint) AS whole,
         (k.from_date, k.from_ssn, k.from_id) = (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
         AND (k.to_date, k.to_ssn, k.to_id) = (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint) AS exact,
         p.fingerprint_id, p.keys, p.contents, p.places, p.doubtful, p.unconfirmed, p.visits_layout = :'visits_layout' AS same_visits
    FROM :"ledger".chunk AS k
    JOIN :"ledger".fingerprint AS p USING (fingerprint_id)
   WHERE k.run_id = :'base_id' AND k.round = 0 AND k.state = 'done' AND p.pairs_layout = :'pairs_layout' AND p.unconfirmed IS NOT NULL
     AND (k.from_date, k.from_ssn, k.from_id) < (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint)
     AND (k.to_date, k.to_ssn, k.to_id) > (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
),
known AS MATERIALIZED (
  SELECT b.chunk_id, f.key, f.content, f.place
    FROM base AS b CROSS JOIN LATERAL unnest(b.keys, b.contents, b.places) AS f (key, content, place) WHERE f.content IS NOT NULL
),
-- When more than nine in ten visits have changed, comparing them costs more than it saves. A small sample of visits decides.
few AS MATERIALIZED (
  SELECT v.old OR (v.key, v.content) IN (SELECT k.key, k.content FROM known AS k) AS unchanged
    -- The sample is taken from the first day only, so that few rows are read whatever the query plan is.
    FROM (SELECT c.visit_id, c.con_visit_id FROM (:claimed) AS c WHERE c.visit_date = :'scan_from'::date AND c.eligible AND c.confirmed LIMIT 32) AS c
   CROSS JOIN LATERAL (VALUES (c.visit_id), (c.con_visit_id)) AS n (visit_id)
   CROSS JOIN LATERAL (
         SELECT :visit_key AS key, :visit_old AS old, CASE WHEN NOT :visit_old THEN :visit_content END AS content
           FROM :"analytics".factvisitcallperformance_cr AS v WHERE v."Visit Id" = n.visit_id OFFSET 0) AS v
),
worthwhile AS MATERIALIZED (
  SELECT EXISTS (SELECT FROM base) AND (SELECT count(*) FILTER (WHERE f.unchanged) * 10 >= count(*) FROM few AS f) AS so
),
-- Most visits are still at the ctid where the baseline run found them. The ctid is only a hint: another visit may be there now, so the hash
-- of the ID is compared. A visit outside the window counts as missing.
known_visit AS MATERIALIZED (
  SELECT k.chunk_id, k.key, v.place, coalesce(v.content, k.content) AS content, v.old OR v.content = k.content AS equal,
         (v.old OR v.content = k.content) AND v.touched IS NOT TRUE AS unchanged
    FROM known AS k
   CROSS JOIN LATERAL (
         SELECT v.ctid AS place, :visit_old AS old, CASE WHEN NOT :visit_old THEN :visit_content END AS content, (:visit_touched) AS touched
           FROM :"analytics".factvisitcallperformance_cr AS v
          WHERE v.ctid = k.place AND :visit_key = k.key AND :visit_in_window AND (SELECT so FROM worthwhile) OFFSET 0) AS v
),
-- The rows of the range. Only their first columns are read. With the last columns, reading such a wide row takes three times as long.
pair AS MATERIALIZED (
  -- A row version that is older than the baseline run, and whose key is in the range of that run's chunk, was claimed by this chunk and not
  -- written. -1 means that no chunk of this range left the row version, for example because another program has written the row.
  SELECT c.part, c.row, coalesce(b.chunk_id, -1) AS chunk_id, hashtextextended(c.visit_id::text, :'seed'::bigint) AS key,
         hashtextextended(c.con_visit_id::text, :'seed'::bigint) AS con_key, hashtextextended(c.id::text, :'seed'::bigint) AS pair_key
    FROM (SELECT c.tableoid AS part, c.ctid AS row, c.xmin AS version, c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id,
                 c."VisitDate" AS visit_date, coalesce(c."SSN", '') COLLATE "C" AS ssn, c."ID" AS id
            FROM :"conflict".conflictvisitmaps AS c WHERE c."CONFLICTID" IS NOT NULL AND :in_range) AS c
    LEFT JOIN base AS b ON (c.version = b.version OR age(c.version) > :'base_age'::integer)
     AND (b.whole OR ((c.visit_date, c.ssn, c.id) >= (b.from_date, b.from_ssn, b.from_id:::id_type)
                      AND (c.visit_date, c.ssn, c.id) < (b.to_date, b.to_ssn, b.to_id:::id_type)))
   WHERE (SELECT so FROM worthwhile)
),
-- A pair that the baseline run's chunk confirmed, and that has two unchanged visits, stays as it is. These are most pairs. The rest is read
-- again with all columns. The chunk is mixed into the keys because one column is cheaper to look up than two.
rest AS MATERIALIZED (
  SELECT p.*
    FROM pair AS p
   WHERE ((p.key # p.chunk_id) IN (SELECT v.key # v.chunk_id FROM known_visit AS v WHERE v.unchanged)
          AND (p.con_key # p.chunk_id) IN (SELECT v.key # v.chunk_id FROM known_visit AS v WHERE v.unchanged)
          AND (p.pair_key # p.chunk_id) NOT IN (
              SELECT u.key # b.chunk_id FROM base AS b CROSS JOIN LATERAL unnest(b.unconfirmed) AS u (key))) IS NOT TRUE
),
claimed AS MATERIALIZED (
  SELECT c.part, c.row, c.visit_id, c.con_visit_id, c.eligible, c.confirmed, c.unmarked, r.chunk_id, r.key, r.con_key, r.pair_key
    FROM (:claimed AND c.ctid = ANY (ARRAY(SELECT r.row FROM rest AS r))) AS c
    JOIN rest AS r ON r.row = c.row AND r.part = c.part
),
compared AS MATERIALIZED (
  SELECT p.*, v1.unchanged, v2.unchanged AS con_unchanged
    FROM claimed AS p
    LEFT JOIN known_visit AS v1 ON v1.chunk_id = p.chunk_id AND v1.key = p.key
    LEFT JOIN known_visit AS v2 ON v2.chunk_id = p.chunk_id AND v2.key = p.con_key
),
-- The other visits are looked up by their ID. Their fingerprints are always computed, even for old visits, because the baseline run may
-- not have stored them for this range.
other AS MATERIALIZED (
  SELECT f.*
    FROM (SELECT p.visit_id FROM compared AS p WHERE p.eligible AND p.unchanged IS NULL
           UNION
          SELECT p.con_visit_id FROM compared AS p WHERE p.eligible AND p.con_unchanged IS NULL) AS n
   CROSS JOIN LATERAL (
         SELECT v.ctid AS place, :visit_key AS key, :visit_old AS old, :visit_content AS content, (:visit_touched) AS touched
           FROM :"analytics".factvisitcallperformance_cr AS v
          WHERE v."Visit Id" = n.visit_id AND :visit_in_window OFFSET 0) AS f
),
other_visit AS MATERIALIZED (  -- for each chunk that a pair may be compared with; for -1 (no chunk), no visit is equal
  SELECT b.chunk_id, o.key, k.content IS NOT NULL AND (o.old OR o.content = k.content) AS equal,
         k.content IS NOT NULL AND (o.old OR o.content = k.content) AND o.touched IS NOT TRUE AS unchanged
    FROM other AS o
   CROSS JOIN (SELECT b.chunk_id FROM base AS b UNION ALL SELECT -1) AS b
    LEFT JOIN known AS k ON k.chunk_id = b.chunk_id AND k.key = o.key
),
judged AS MATERIALIZED (
  SELECT p.part, p.row, p.pair_key, p.chunk_id, p.eligible, p.confirmed,
         CASE -- A deferred pair is not computed. It stays if it is already marked for a later task.
              WHEN NOT p.eligible THEN NOT p.unmarked
              WHEN s.unchanged THEN p.confirmed OR NOT p.unmarked
              -- A pair with a missing visit cannot be confirmed, whatever the visits were before. It stays if it is already marked.
              ELSE NOT p.unmarked AND s.missing END AS stays,
         s.unchanged AS compared
    FROM compared AS p
    LEFT JOIN other_visit AS v1 ON p.unchanged IS NULL AND v1.chunk_id = p.chunk_id AND v1.key = p.key
    LEFT JOIN other_visit AS v2 ON p.con_unchanged IS NULL AND v2.chunk_id = p.chunk_id AND v2.key = p.con_key
   CROSS JOIN LATERAL (SELECT coalesce(p.unchanged, v1.unchanged) AND coalesce(p.con_unchanged, v2.unchanged) AS unchanged,
                              coalesce(p.unchanged, v1.unchanged) IS NULL OR coalesce(p.con_unchanged, v2.unchanged) IS NULL AS missing) AS s
),
-- An unchanged unconfirmed pair is doubtful if it was doubtful in the baseline run.
doubted AS MATERIALIZED (
  SELECT b.chunk_id, d.key FROM base AS b CROSS JOIN LATERAL unnest(b.doubtful) AS d (key)
),
doubtful AS MATERIALIZED (
  SELECT j.pair_key
    FROM judged AS j
    JOIN doubted AS d ON d.chunk_id = j.chunk_id AND d.key = j.pair_key
   WHERE j.stays AND j.eligible AND NOT j.confirmed AND j.compared
),
-- The fingerprints of the baseline run's chunk can be reused for this chunk when the range and the layout of the visits are the same, no
-- row is recomputed, all of the chunk's visits are still at their ctid and equal, and there are no other visits.
same AS MATERIALIZED (
  SELECT b.fingerprint_id
    FROM base AS b
   WHERE (SELECT so FROM worthwhile) AND b.exact AND b.same_visits
     AND (SELECT count(*) FROM known) = (SELECT count(*) FROM known_visit AS v WHERE v.equal)
     AND NOT EXISTS (SELECT FROM other)
     AND NOT EXISTS (SELECT FROM judged AS j WHERE NOT j.stays)
),
recomputed AS (  -- stage 1 again, for these rows only; :claimed ends with its WHERE clause, so that a condition can follow
  INSERT INTO cm_claimed
  SELECT c.*
    FROM (:claimed AND c.ctid = ANY (ARRAY(SELECT j.row FROM judged AS j WHERE NOT j.stays))) AS c
   WHERE EXISTS (SELECT FROM judged AS j WHERE NOT j.stays AND j.row = c.row AND j.part = c.part)
  RETURNING 1
),
remembered AS (
  INSERT INTO cm_seen (key, content, place, pair, doubtful)
  -- A visit may occur several times, always with the same content: all chunks of the baseline run read the same content of an old visit.
  SELECT s.key, min(s.content), min(s.place), false, false
    FROM (SELECT v.key, v.content, v.place FROM known_visit AS v
           UNION ALL
          SELECT o.key, coalesce(o.content, k.content), o.place FROM other AS o LEFT JOIN known AS k ON k.key = o.key) AS s
   WHERE NOT EXISTS (SELECT FROM same)
     -- If the range differs, the visits that only neighboring ranges refer to are left out. If it is the same, a visit without a pair does
     -- no harm.
     AND (EXISTS (SELECT FROM base AS b WHERE b.exact)
          OR s.key IN (SELECT p.key FROM pair AS p UNION ALL SELECT p.con_key FROM pair AS p))
   GROUP BY s.key
   UNION ALL
  SELECT j.pair_key, NULL, NULL, true, j.pair_key IN (SELECT d.pair_key FROM doubtful AS d)
    FROM judged AS j WHERE j.stays AND (j.eligible AND j.confirmed) IS NOT TRUE AND NOT EXISTS (SELECT FROM same)
)
SELECT (SELECT so FROM worthwhile) AS worthwhile, EXISTS (SELECT FROM base) AS known, (SELECT fingerprint_id FROM same) AS fingerprint_id,
       plain.rows + count(j.row) AS rows_claimed, (SELECT count(*) FROM recomputed) AS rows_left,
       plain.rows + count(*) FILTER (WHERE j.stays) AS rows_stay,
       plain.rows + count(*) FILTER (WHERE j.stays AND j.eligible AND j.confirmed) AS stay_confirmed,
       count(*) FILTER (WHERE j.stays AND j.eligible AND NOT j.confirmed) AS stay_unconfirmed,
       count(*) FILTER (WHERE j.stays AND NOT j.eligible) AS stay_deferred, (SELECT count(*) FROM doubtful) AS stay_doubtful
  FROM (SELECT (SELECT count(*) FROM pair) - (SELECT count(*) FROM rest) AS rows OFFSET 0) AS plain
  LEFT JOIN judged AS j ON true
 GROUP BY plain.rows;
