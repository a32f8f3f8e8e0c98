-- What is measured of a run at its end, from what the table holds then, with the median of recent runs that later tasks relied on. A new count joins as a line of VALUES:
-- its name in the ledger, its name in a message, its rows. A run with delta counts what it does not look at again only in the run that it is taken
-- against; such counts are compared between runs of one kind.
SELECT m.name, m.title, m.rows, t.planned, recent.median, coalesce(recent.runs, 0)::integer AS runs
  FROM (SELECT r.run_id, r.conflict_schema, r.delta_of IS NULL AS whole, :'confirmed'::bigint AS confirmed, :'deferred'::bigint AS deferred,
               greatest(coalesce(r.planned_rows, 0), :'confirmed'::bigint + :'unconfirmed'::bigint + :'deferred'::bigint) AS planned,
               (SELECT coalesce(sum(c.gps_rejects), 0)::bigint FROM :"ledger".chunk AS c WHERE c.run_id = r.run_id) AS gps_rejects
          FROM :"ledger".run AS r
         WHERE r.run_id = :'run_id') AS t
 CROSS JOIN LATERAL (VALUES
       ('planned', 'rows are planned', t.planned, false),
       -- A planned row that has vanished was not confirmed either.
       ('unconfirmed', 'planned rows are unconfirmed or vanished', t.planned - t.confirmed - t.deferred, false),
       ('gps_rejects', 'GPS texts could not be read', t.gps_rejects, true)
       ) AS m (name, title, rows, partial)
  LEFT JOIN LATERAL (
       SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (p.measures ->> m.name)::double precision) AS median, count(*) AS runs
         FROM (SELECT n.measures
                 FROM :"ledger".run AS n
                WHERE n.conflict_schema = t.conflict_schema AND n.run_id <> t.run_id AND n.state = 'completed' AND n.measures ? m.name
                  AND (n.implausible = '' OR n.approved_at IS NOT NULL) AND (NOT m.partial OR (n.delta_of IS NULL) = t.whole)
                ORDER BY n.number DESC
                LIMIT 7) AS p) AS recent ON true;
