-- Chunks that confirmed far fewer rows than usual for their dates, because a table was empty or partly loaded while they worked. The usual
-- share is that of the newest run that later tasks relied on, for the same dates. Without such a run it is the share of this run as a
-- whole. Small chunks and chunks of few caregivers vary by chance.
WITH this AS (
  SELECT c.chunk_id, c.first_date, c.last_date, c.keys, c.rows_unconfirmed AS unconfirmed, c.rows_confirmed + c.rows_unconfirmed AS judged
    FROM :"ledger".chunk AS c
   WHERE c.run_id = :'run_id' AND c.state = 'done' AND c.round = 0
),
base AS MATERIALIZED (
  SELECT c.first_date, c.last_date, sum(c.rows_unconfirmed) AS unconfirmed, sum(c.rows_confirmed + c.rows_unconfirmed) AS judged
    FROM (SELECT n.run_id
            FROM :"ledger".run AS n
            JOIN :"ledger".run AS r ON r.run_id = :'run_id' AND n.conflict_schema = r.conflict_schema
           WHERE n.run_id <> r.run_id AND n.state = 'completed' AND n.measures IS NOT NULL AND (n.implausible = '' OR n.approved_at IS NOT NULL)
           ORDER BY n.number DESC
           LIMIT 1) AS newest
    JOIN :"ledger".chunk AS c ON c.run_id = newest.run_id AND c.state = 'done' AND c.round = 0
   GROUP BY c.first_date, c.last_date
)
SELECT t.chunk_id, t.judged, t.percent, usual.percent AS usual, count(*) OVER () AS chunks
  FROM (SELECT *, 100.0 * unconfirmed / judged AS percent FROM this WHERE judged >= 30 AND keys >= 10) AS t
 CROSS JOIN LATERAL (
       SELECT coalesce((SELECT 100.0 * sum(b.unconfirmed) / nullif(sum(b.judged), 0)
                          FROM base AS b WHERE b.first_date <= t.last_date AND b.last_date >= t.first_date),
                       (SELECT 100.0 * sum(a.unconfirmed) / nullif(sum(a.judged), 0) FROM this AS a)) AS percent) AS usual
 WHERE t.percent > :'most'::double precision AND t.percent - usual.percent > :'most'::double precision
 ORDER BY t.percent - usual.percent DESC, t.chunk_id
 LIMIT 1;
