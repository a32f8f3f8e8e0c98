-- The newest run that was started after this one and has not been abandoned: what is marked now may be its own.
SELECT n.run_id
  FROM :"ledger".run AS r
  JOIN :"ledger".run AS n ON n.conflict_schema = r.conflict_schema AND n.number > r.number AND n.state <> 'abandoned'
 WHERE r.run_id = :'run_id'
 ORDER BY n.number DESC
 LIMIT 1;
