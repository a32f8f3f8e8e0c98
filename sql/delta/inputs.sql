-- What a run knows of its dimensions: how many rows, and under which layout.
SELECT i.source, i.rows, i.layout FROM :"ledger".input AS i WHERE i.run_id = :'run_id';
