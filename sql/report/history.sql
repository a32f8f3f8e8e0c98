-- The newest runs of a schema up to this one, oldest first. Runs are selected before their chunks are summed up.
SELECT s.*
  FROM (SELECT r.run_id, r.number
          FROM :"ledger".run AS r
          JOIN :"ledger".run AS this ON this.run_id = :'run_id' AND r.conflict_schema = this.conflict_schema AND r.number <= this.number
         ORDER BY r.number DESC
         LIMIT :'limit'::integer) AS newest
 CROSS JOIN LATERAL (SELECT * FROM :"ledger".run_status AS s WHERE s.run_id = newest.run_id) AS s
 ORDER BY newest.number;
