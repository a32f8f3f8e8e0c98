-- The seed of the hashes: that of the baseline run, which makes the hashes comparable, or a random one.
SELECT coalesce((SELECT b.seed FROM :"ledger".run AS b WHERE b.run_id = :'base_id'::text),
    ('x' || md5(gen_random_uuid()::text))::bit(64)::bigint) AS seed;
