-- The measures of a run at its end, from the counts of the table at that time, with the median of recent runs that later tasks relied on.
-- To add a measure, add a line to VALUES: its name in the ledger, its name in messages, its rows. Some counts of a delta run cover only the
-- rows that it recomputes. They are compared only between runs of the same kind.
SELECT m.name, m.title, m.rows, t.planned, recent.median, coalesce(recent.runs, 0)::integer AS runs
  FROM (SELECT r.run_id, r.conflict_schema, r.delta_of IS NULL AS whole, :'confirmed'::bigint AS confirmed, :'deferred'::bigint AS deferred,
               greatest(coalesce(r.planned_rows, 0), :'confirmed'::bigint + :'unconfirmed'::bigint + :'deferred'::bigint) AS planned,
               c.gps_rejects, c.unusable_values, c.rows_doubtful
          FROM :"ledger".run AS r
         CROSS JOIN LATERAL (
               SELECT coalesce(sum(k.gps_rejects), 0)::bigint AS gps_rejects, coalesce(sum(k.unusable_values), 0)::bigint AS unusable_values,
                      coalesce(sum(k.rows_doubtful), 0)::bigint AS rows_doubtful
                 FROM :"ledger".chunk AS k WHERE k.run_id = r.run_id) AS c
         WHERE r.run_id = :'run_id') AS t
 CROSS JOIN LATERAL (VALUES
       ('planned', 'rows are planned', t.planned, false),
       -- A planned row that has vanished was not confirmed either.
       ('unconfirmed', 'planned rows are unconfirmed or vanished', t.planned - t.confirmed - t.deferred, false),
       ('gps_rejects', 'GPS texts could not be read', t.gps_rejects, true),
       ('unusable_values', 'days, times and numbers could not be used', t.unusable_values, true),
       ('rows_doubtful', 'planned rows are unconfirmed and name a value that could not be used', t.rows_doubtful, true)
       ) AS m (name, title, rows, partial)
  LEFT JOIN LATERAL (
       SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (p.measures ->> m.name)::double precision) AS median, count(*) AS runs
         FROM (SELECT n.measures
                 FROM :"ledger".run AS n
                WHERE n.conflict_schema = t.conflict_schema AND n.run_id <> t.run_id AND n.state = 'completed' AND n.measures ? m.name
                  AND (n.implausible = '' OR n.approved_at IS NOT NULL) AND (NOT m.partial OR (n.delta_of IS NULL) = t.whole)
                ORDER BY n.number DESC
                LIMIT 7) AS p) AS recent ON true;
