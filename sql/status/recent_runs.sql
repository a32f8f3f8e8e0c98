-- The newest runs of a schema. They are selected before their chunks are summed up. Otherwise the chunks of all runs would be read.
SELECT s.*
  FROM (SELECT r.run_id, r.number
          FROM :"ledger".run AS r
         WHERE r.conflict_schema = :'conflict_schema'
         ORDER BY r.number DESC
         LIMIT :'limit'::integer) AS newest
 CROSS JOIN LATERAL (SELECT * FROM :"ledger".run_status AS s WHERE s.run_id = newest.run_id) AS s
 ORDER BY newest.number DESC;
