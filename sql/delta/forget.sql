-- Deletes the fingerprints of this conflict schema that no later run can use: all except those that the baseline run refers to. The inputs
-- and changed keys of all other runs are deleted too, including those of this run, because its first look may be repeated.
WITH old AS MATERIALIZED (
  SELECT r.run_id FROM :"ledger".run AS r WHERE r.conflict_schema = :'conflict_schema' AND r.run_id IS DISTINCT FROM :'base_id'::text
),
changed AS (DELETE FROM :"ledger".changed_key AS k WHERE k.run_id IN (SELECT o.run_id FROM old AS o)),
input AS (DELETE FROM :"ledger".input AS i WHERE i.run_id IN (SELECT o.run_id FROM old AS o))
DELETE FROM :"ledger".fingerprint AS f
 WHERE (f.run_id IN (SELECT o.run_id FROM old AS o) OR f.run_id = :'base_id'::text)
   AND f.fingerprint_id NOT IN (SELECT i.fingerprint_id FROM :"ledger".input AS i WHERE i.run_id = :'base_id'::text
                                 UNION ALL
                                SELECT c.fingerprint_id FROM :"ledger".chunk AS c
                                 WHERE c.run_id = :'base_id'::text AND c.fingerprint_id IS NOT NULL);
