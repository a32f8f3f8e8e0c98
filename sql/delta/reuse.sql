-- A dimension that consists of the same row versions as in the baseline run has the same fingerprints, so this run refers to those.
INSERT INTO :"ledger".input (run_id, source, rows, layout, fingerprint_id)
SELECT :'run_id', i.source, i.rows, i.layout, i.fingerprint_id FROM :"ledger".input AS i WHERE i.run_id = :'base_id'
    AND i.source = :'source';
