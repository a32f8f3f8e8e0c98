-- Whether the marks of an abandoned run may still be released: not after another process has begun or taken over a newer run, because
-- current marks would belong to that run.
SELECT NOT EXISTS (
         SELECT FROM :"ledger".run AS n
          WHERE n.conflict_schema = r.conflict_schema AND n.number > r.number
            AND (n.run_id <> :'leader' OR n.attempt <> :'attempt'::integer))
       AS may_release
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id' AND r.state = 'abandoned';
