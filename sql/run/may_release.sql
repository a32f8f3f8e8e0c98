-- Whether nobody else has begun or taken over a run since this one was given up: what is marked now would be theirs.
SELECT NOT EXISTS (
         SELECT FROM :"ledger".run AS n
          WHERE n.conflict_schema = r.conflict_schema AND n.number > r.number
            AND (n.run_id <> :'leader' OR n.attempt <> :'attempt'::integer))
       AS may_release
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id' AND r.state = 'abandoned';
