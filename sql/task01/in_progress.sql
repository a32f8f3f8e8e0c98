-- The "please wait" mark of the screens, on all settings rows, while the run is this orchestrator's. Its own short transaction, so that it is
-- seen at once. The share lock lets an abandonment come before it or after it, not in between: then it would never be taken back.
WITH led AS (
  SELECT FROM :"ledger".run AS r
   WHERE r.run_id = :'run_id' AND r.attempt = :'attempt'::integer AND r.state = 'running'
     FOR SHARE
)
UPDATE :"conflict".settings SET "InProgressFlag" = 1 WHERE "InProgressFlag" IS DISTINCT FROM 1 AND EXISTS (SELECT FROM led);
