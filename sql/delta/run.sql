-- What the chunks of a delta run compare with, and the dimensions that have changed keys. Returns no row if the first look has not been
-- stored.
SELECT r.seed, r.look::text AS look, r.look_baseline::text AS look_baseline, b.run_id AS base_id, b.baseline::text AS base_baseline,
       ARRAY(SELECT d.source
               FROM unnest(:dimensions) AS d (source)
              -- OFFSET 0 keeps it a look-up of one key.
              WHERE EXISTS (SELECT FROM :"ledger".changed_key AS c WHERE c.run_id = r.run_id AND c.source = d.source OFFSET 0)) AS changed
  FROM :"ledger".run AS r
  LEFT JOIN :"ledger".run AS b ON b.run_id = r.delta_of
 WHERE r.run_id = :'run_id' AND r.look IS NOT NULL;
