-- Hashes every row of a dimension, stores the fingerprints for the next run, and records the keys that were added, removed or changed since
-- the baseline run. When there are too many of them, they are not recorded and the run recomputes every pair.
WITH now AS MATERIALIZED (
  -- One fingerprint per key. A patient may have several addresses. A sum of hashes does not depend on their order.
  SELECT s.key, hash_numeric_extended(sum(s.content), 0) AS content, count(*) AS rows FROM (:sources) AS s GROUP BY s.key
),
before AS MATERIALIZED (
  SELECT f.key, f.content
    FROM :"ledger".input AS i
    JOIN :"ledger".fingerprint AS p USING (fingerprint_id)
   CROSS JOIN LATERAL unnest(p.keys, p.contents) AS f (key, content)
   WHERE i.run_id = :'base_id'::text AND i.source = :'source'
),
difference AS MATERIALIZED (
  SELECT key FROM now AS n FULL JOIN before AS b USING (key) WHERE :'base_id'::text IS NOT NULL AND (n.content = b.content) IS NOT TRUE
),
verdict AS MATERIALIZED (
  SELECT (SELECT count(*) FROM difference) AS changed, (SELECT count(*) FROM now) AS keys,
         coalesce((SELECT sum(rows) FROM now), 0)::bigint AS rows
),
kept AS (
  INSERT INTO :"ledger".fingerprint (run_id, keys, contents)
  SELECT :'run_id', coalesce(array_agg(n.key), '{}'), coalesce(array_agg(n.content), '{}') FROM now AS n
  RETURNING fingerprint_id
),
noted AS (
  INSERT INTO :"ledger".input (run_id, source, rows, layout, fingerprint_id)
  SELECT :'run_id', :'source', v.rows, :'layout', k.fingerprint_id FROM kept AS k CROSS JOIN verdict AS v
),
changed AS (
  INSERT INTO :"ledger".changed_key (run_id, source, key)
  -- Visits refer to an address through its patient, so a changed address is recorded as a changed patient.
  SELECT :'run_id', replace(:'source', 'address', ''), d.key
    FROM difference AS d
   CROSS JOIN verdict AS v
   -- At most about half of the keys may have changed. A dimension of up to 20 keys may have changed entirely.
   WHERE v.changed <= :'most'::bigint AND v.changed * 2 <= v.keys + 20
  ON CONFLICT DO NOTHING
)
SELECT v.changed, v.keys, v.changed <= :'most'::bigint AND v.changed * 2 <= v.keys + 20 AS worth_noting FROM verdict AS v;
