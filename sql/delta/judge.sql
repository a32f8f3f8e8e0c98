-- Stage 1 of a chunk of a delta run. Inserts the stored rows of the range that have to be recomputed into cm_claimed, and counts the others. Does nothing
-- when that is not worthwhile. A row is unchanged when it is as the baseline run's chunk left it, and when its two visits equal what that chunk saw and
-- refer to no changed key. Equal content, code and settings give an equal result. Visits are joined by the hash of their ID, which is cheaper than the ID.
-- Runs between delta/hash_joins.sql and delta/any_joins.sql.
WITH base AS MATERIALIZED (  -- what the baseline run's chunks of this range left, usually one chunk
  SELECT k.chunk_id, k.xid::xid AS version, k.from_date, k.from_ssn, k.from_id, k.to_date, k.to_ssn, k.to_id,
         (k.from_date, k.from_ssn, k.from_id) <= (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
         AND (k.to_date, k.to_ssn, k.to_id) >= (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint) AS whole,
         (k.from_date, k.from_ssn, k.from_id) = (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
         AND (k.to_date, k.to_ssn, k.to_id) = (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint) AS exact,
         p.fingerprint_id, p.keys, p.contents, p.places, p.doubtful, p.visits_layout = :'visits_layout' AS same_visits
    FROM :"ledger".chunk AS k
    JOIN :"ledger".fingerprint AS p USING (fingerprint_id)
   WHERE k.run_id = :'base_id' AND k.round = 0 AND k.state = 'done' AND p.pairs_layout = :'pairs_layout'
     AND (k.from_date, k.from_ssn, k.from_id) < (:'to_date'::date, :'to_ssn'::text COLLATE "C", :'to_id'::bigint)
     AND (k.to_date, k.to_ssn, k.to_id) > (:'from_date'::date, :'from_ssn'::text COLLATE "C", :'from_id'::bigint)
),
known AS MATERIALIZED (
  SELECT b.chunk_id, f.key, f.content, f.place
    FROM base AS b CROSS JOIN LATERAL unnest(b.keys, b.contents, b.places) AS f (key, content, place) WHERE f.content IS NOT NULL
),
-- When nearly all visits have changed, comparing them costs more than it saves. A small sample decides.
few AS MATERIALIZED (
  SELECT v.old OR EXISTS (SELECT FROM known AS k WHERE k.key = v.key AND k.content = v.content) AS unchanged
    -- Of one day, so that few rows are read whatever the plan is.
    FROM (SELECT c.visit_id, c.con_visit_id FROM (:claimed) AS c WHERE c.visit_date = :'scan_from'::date AND c.eligible AND c.confirmed LIMIT 32) AS c
   CROSS JOIN LATERAL (VALUES (c.visit_id), (c.con_visit_id)) AS n (visit_id)
   CROSS JOIN LATERAL (
         SELECT s.key, s.old, CASE WHEN NOT s.old THEN :visit_content END AS content
           FROM :"analytics".factvisitcallperformance_cr AS v
          CROSS JOIN LATERAL (SELECT hashtextextended(v."Visit Id"::text, :'seed'::bigint) AS key,
                                     age(v.xmin) > :'base_age'::integer AND (SELECT bool_and(b.same_visits) FROM base AS b) AS old OFFSET 0) AS s
          WHERE v."Visit Id" = n.visit_id OFFSET 0) AS v
),
worthwhile AS MATERIALIZED (
  SELECT EXISTS (SELECT FROM base) AND (SELECT count(*) FILTER (WHERE f.unchanged) * 10 >= count(*) FROM few AS f) AS so
),
pair AS MATERIALIZED (
  -- A row that is older than the baseline run and is in this range now was claimed by that run's chunk and kept. -1 means no chunk: another program
  -- has written the row.
  SELECT c.part, c.row, c.id, c.visit_id, c.con_visit_id, c.eligible, c.confirmed, c.unmarked, coalesce(b.chunk_id, -1) AS chunk_id,
         hashtextextended(c.visit_id::text, :'seed'::bigint) AS key, hashtextextended(c.con_visit_id::text, :'seed'::bigint) AS con_key
    FROM (:claimed) AS c
    LEFT JOIN base AS b ON (c.version = b.version OR age(c.version) > :'base_age'::integer)
     AND (b.whole OR ((c.visit_date, c.ssn, c.id) >= (b.from_date, b.from_ssn, b.from_id:::id_type)
                      AND (c.visit_date, c.ssn, c.id) < (b.to_date, b.to_ssn, b.to_id:::id_type)))
   WHERE (SELECT so FROM worthwhile)
),
-- Most visits are still at the ctid where the baseline run found them. The ctid is only a hint: the row that is found there has its own ID. A visit
-- outside the window counts as missing.
known_visit AS MATERIALIZED (
  SELECT k.chunk_id, k.key, v.place, coalesce(v.content, k.content) AS content, v.old OR v.content = k.content AS equal,
         (v.old OR v.content = k.content) AND v.touched IS NOT TRUE AS unchanged
    FROM known AS k
   CROSS JOIN LATERAL (
         SELECT :visit_state
           FROM :"analytics".factvisitcallperformance_cr AS v
          CROSS JOIN LATERAL (SELECT s.key, s.old, NOT s.old AS unknown
                                FROM (SELECT hashtextextended(v."Visit Id"::text, :'seed'::bigint) AS key,
                                             age(v.xmin) > :'base_age'::integer AND (SELECT bool_and(b.same_visits) FROM base AS b) AS old OFFSET 0) AS s) AS s
          WHERE v.ctid = k.place AND (SELECT so FROM worthwhile)
            AND (v."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date OR v."Visit Date" NOT BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999')
         OFFSET 0) AS v
   WHERE v.key = k.key
),
compared AS MATERIALIZED (
  SELECT p.*, v1.unchanged, v2.unchanged AS con_unchanged
    FROM pair AS p
    LEFT JOIN known_visit AS v1 ON v1.chunk_id = p.chunk_id AND v1.key = p.key
    LEFT JOIN known_visit AS v2 ON v2.chunk_id = p.chunk_id AND v2.key = p.con_key
),
-- The other visits are looked up by their ID. The content of an old visit that the baseline run did not see in this range is not known.
other AS MATERIALIZED (
  SELECT f.*
    FROM (SELECT p.visit_id FROM compared AS p WHERE p.eligible AND p.unchanged IS NULL
           UNION
          SELECT p.con_visit_id FROM compared AS p WHERE p.eligible AND p.con_unchanged IS NULL) AS n
   CROSS JOIN LATERAL (
         SELECT :visit_state
           FROM :"analytics".factvisitcallperformance_cr AS v
          CROSS JOIN LATERAL (SELECT hashtextextended(v."Visit Id"::text, :'seed'::bigint) AS key, true AS unknown,
                                     age(v.xmin) > :'base_age'::integer AND (SELECT bool_and(b.same_visits) FROM base AS b) AS old OFFSET 0) AS s
          WHERE v."Visit Id" = n.visit_id
            AND (v."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date OR v."Visit Date" NOT BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999')
         OFFSET 0) AS f
),
other_visit AS MATERIALIZED (  -- for each chunk that a pair may be compared with; with -1, no visit is equal
  SELECT b.chunk_id, o.key, k.content IS NOT NULL AND (o.old OR o.content = k.content) AS equal,
         k.content IS NOT NULL AND (o.old OR o.content = k.content) AND o.touched IS NOT TRUE AS unchanged
    FROM other AS o
   CROSS JOIN (SELECT b.chunk_id FROM base AS b UNION ALL SELECT -1) AS b
    LEFT JOIN known AS k ON k.chunk_id = b.chunk_id AND k.key = o.key
),
judged AS MATERIALIZED (
  SELECT p.part, p.row, p.id, p.chunk_id, p.eligible, p.confirmed,
         CASE -- A deferred pair waits for a later task and is already marked.
              WHEN NOT p.eligible THEN NOT p.unmarked
              WHEN s.unchanged THEN p.confirmed OR NOT p.unmarked
              -- A pair that lacks one of its visits is not confirmed, whatever the visits were before.
              ELSE NOT p.unmarked AND s.missing END AS stays,
         s.unchanged AS compared
    FROM compared AS p
    LEFT JOIN other_visit AS v1 ON p.unchanged IS NULL AND v1.chunk_id = p.chunk_id AND v1.key = p.key
    LEFT JOIN other_visit AS v2 ON p.con_unchanged IS NULL AND v2.chunk_id = p.chunk_id AND v2.key = p.con_key
   CROSS JOIN LATERAL (SELECT coalesce(p.unchanged, v1.unchanged) AND coalesce(p.con_unchanged, v2.unchanged) AS unchanged,
                              coalesce(p.unchanged, v1.unchanged) IS NULL OR coalesce(p.con_unchanged, v2.unchanged) IS NULL AS missing) AS s
),
doubted AS MATERIALIZED (
  SELECT b.chunk_id, d.id FROM base AS b CROSS JOIN LATERAL unnest(b.doubtful) AS d (id)
),
doubtful AS MATERIALIZED (
  SELECT d.id
    FROM (SELECT j.chunk_id, hashtextextended(j.id::text, :'seed'::bigint) AS id
            FROM judged AS j WHERE j.stays AND j.eligible AND NOT j.confirmed AND j.compared) AS j
    JOIN doubted AS d ON d.chunk_id = j.chunk_id AND d.id = j.id
),
-- The fingerprints of the baseline run's chunk can be reused for this chunk when the range is the same, all of its visits are there and equal, and there
-- are no other visits.
same AS MATERIALIZED (
  SELECT b.fingerprint_id
    FROM base AS b
   WHERE (SELECT so FROM worthwhile) AND b.exact AND b.same_visits
     AND (SELECT count(*) FROM known) = (SELECT count(*) FROM known_visit AS v WHERE v.equal)
     AND NOT EXISTS (SELECT FROM other)
     AND NOT EXISTS (SELECT FROM judged AS j WHERE NOT j.stays)
),
recomputed AS (  -- stage 1 again, for these rows alone. Its text ends with its conditions.
  INSERT INTO cm_claimed
  SELECT c.*
    FROM (:claimed AND c.ctid = ANY (ARRAY(SELECT j.row FROM judged AS j WHERE NOT j.stays))) AS c
   WHERE EXISTS (SELECT FROM judged AS j WHERE NOT j.stays AND j.row = c.row AND j.part = c.part)
  RETURNING 1
),
remembered AS (
  INSERT INTO cm_seen (key, content, place, doubtful)
  -- All chunks of one run saw the same content of an old visit.
  SELECT s.key, min(s.content), min(s.place), false
    FROM (SELECT v.key, v.content, v.place FROM known_visit AS v
           UNION ALL
          SELECT o.key, coalesce(o.content, k.content), o.place FROM other AS o LEFT JOIN known AS k ON k.key = o.key) AS s
   WHERE NOT EXISTS (SELECT FROM same)
     -- Of a range that differs, without the visits of the neighbors. Of the same range, a visit without a pair does no harm.
     AND (EXISTS (SELECT FROM base AS b WHERE b.exact)
          OR s.key IN (SELECT p.key FROM pair AS p WHERE p.eligible UNION ALL SELECT p.con_key FROM pair AS p WHERE p.eligible))
   GROUP BY s.key
   UNION ALL
  SELECT d.id, NULL, NULL, true FROM doubtful AS d WHERE NOT EXISTS (SELECT FROM same)
)
SELECT (SELECT so FROM worthwhile) AS worthwhile, (SELECT fingerprint_id FROM same) AS fingerprint_id,
       count(*) AS rows_claimed, (SELECT count(*) FROM recomputed) AS rows_left,
       count(*) FILTER (WHERE j.stays) AS rows_stay, count(*) FILTER (WHERE j.stays AND j.eligible AND j.confirmed) AS stay_confirmed,
       count(*) FILTER (WHERE j.stays AND j.eligible AND NOT j.confirmed) AS stay_unconfirmed,
       count(*) FILTER (WHERE j.stays AND NOT j.eligible) AS stay_deferred, (SELECT count(*) FROM doubtful) AS stay_doubtful
  FROM judged AS j;
