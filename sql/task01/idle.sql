-- Clears the "please wait" mark, unless another run or another orchestrator of this run is active.
UPDATE :"conflict".settings
   SET "InProgressFlag" = :'flag'::integer
 WHERE "InProgressFlag" IS DISTINCT FROM :'flag'::integer
   AND NOT EXISTS (
         SELECT FROM :"ledger".run AS r
          WHERE r.conflict_schema = :'conflict_schema' AND r.state = 'running'
            AND NOT (r.run_id = :'run_id' AND r.attempt = :'attempt'::integer));
