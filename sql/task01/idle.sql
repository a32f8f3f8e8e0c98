-- Takes the "please wait" mark back, unless another run, or another orchestrator of this one, is at work.
UPDATE :"conflict".settings
   SET "InProgressFlag" = :'flag'::integer
 WHERE "InProgressFlag" IS DISTINCT FROM :'flag'::integer
   AND NOT EXISTS (
         SELECT FROM :"ledger".run AS r
          WHERE r.conflict_schema = :'conflict_schema' AND r.state = 'running'
            AND NOT (r.run_id = :'run_id' AND r.attempt = :'attempt'::integer));
