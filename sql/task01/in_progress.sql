-- Sets the "please wait" mark of the screens on all settings rows, while this orchestrator leads the run. It is a short transaction of its
-- own, so that the mark is visible immediately. The share lock makes an abandonment happen before or after it. In between, the mark would
-- never be cleared.
WITH led AS (
  SELECT FROM :"ledger".run AS r
   WHERE r.run_id = :'run_id' AND r.attempt = :'attempt'::integer AND r.state = 'running'
     FOR SHARE
)
UPDATE :"conflict".settings SET "InProgressFlag" = 1 WHERE "InProgressFlag" IS DISTINCT FROM 1 AND EXISTS (SELECT FROM led);
