-- Ranges of the chunks that are not done and in which this run has marked rows. After an abandonment no worker confirms these rows, so none
-- of them may stay marked: a sweep would close live conflicts. Ranges without marks of this run are left out, because even an UPDATE that
-- finds no row fires the statement triggers of the table.
SELECT k.from_date, k.from_ssn, k.from_id, k.to_date, k.to_ssn, k.to_id
  FROM :"ledger".chunk AS k
 WHERE k.run_id = :'run_id' AND k.state <> 'done' AND k.round = 0 AND (k.mark_xids <> '{}' OR k.rows_claimed > 0)
 ORDER BY k.chunk_id;
