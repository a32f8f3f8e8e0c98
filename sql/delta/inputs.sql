-- The dimensions that a run has looked at: number of rows and layout of each.
SELECT i.source, i.rows, i.layout FROM :"ledger".input AS i WHERE i.run_id = :'run_id';
