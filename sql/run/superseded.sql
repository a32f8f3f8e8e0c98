-- The newest run that was started after this one and has not been abandoned. Current marks may belong to that run.
SELECT n.run_id
  FROM :"ledger".run AS r
  JOIN :"ledger".run AS n ON n.conflict_schema = r.conflict_schema AND n.number > r.number AND n.state <> 'abandoned'
 WHERE r.run_id = :'run_id'
 ORDER BY n.number DESC
 LIMIT 1;
