-- What the chunks of a delta run compare with. No row before the first look.
SELECT r.seed, r.look::text AS look, r.look_baseline::text AS look_baseline, b.run_id AS base_id, b.baseline::text AS base_baseline
  FROM :"ledger".run AS r
  LEFT JOIN :"ledger".run AS b ON b.run_id = r.delta_of
 WHERE r.run_id = :'run_id' AND r.look IS NOT NULL;
