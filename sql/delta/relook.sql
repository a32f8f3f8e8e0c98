-- The second look of a delta run at a dimension, after the last chunk of the run. A row that was written or deleted after the first look
-- may have been visible to some chunks but not to others, and the change may be reverted before the next run. The fingerprints of such keys
-- are stored as unknown (NULL), so the next run treats them as changed. With NULL as number of rows, the next run compares all keys.
WITH now AS MATERIALIZED (
  SELECT s.key, hash_numeric_extended(sum(s.content), 0) AS content, bool_and(age(s.version) > :'age'::integer) AS old
    FROM (:sources) AS s
   GROUP BY s.key
),
kept AS (
  INSERT INTO :"ledger".fingerprint (run_id, keys, contents)
  SELECT :'run_id', coalesce(array_agg(b.key), '{}'),
         coalesce(array_agg(CASE WHEN :'same_layout'::boolean AND n.old AND n.content = b.content THEN b.content END), '{}')
    FROM :"ledger".input AS i
    JOIN :"ledger".fingerprint AS p USING (fingerprint_id)
   CROSS JOIN LATERAL unnest(p.keys, p.contents) AS b (key, content)
    LEFT JOIN now AS n USING (key)
   WHERE i.run_id = :'run_id' AND i.source = :'source'
  RETURNING fingerprint_id
)
UPDATE :"ledger".input AS i
   SET rows = NULL, fingerprint_id = k.fingerprint_id
  FROM kept AS k
 WHERE i.run_id = :'run_id' AND i.source = :'source';
