-- The counts stored by the newest pass over late rows. No row unless that pass was a single chunk over the whole window and is done.
SELECT c.found::text
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.round = (SELECT max(n.round) FROM :"ledger".chunk AS n WHERE n.run_id = :'run_id') AND c.state = 'done' AND c.found IS NOT NULL;
