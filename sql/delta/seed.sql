-- The seed of the hashes: that of the baseline run, so that the hashes are comparable, otherwise a random one, so that the hash of a known
-- value cannot be computed in advance.
SELECT coalesce((SELECT b.seed FROM :"ledger".run AS b WHERE b.run_id = :'base_id'::text),
    ('x' || md5(gen_random_uuid()::text))::bit(64)::bigint) AS seed;
