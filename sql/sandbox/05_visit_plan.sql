-- How the visits of a cluster relate to each other. "share" is in percent, "step" and "length" are in minutes. The latitudes are in degrees
-- (one degree is 69.09 miles): the distance between neighbors, and how far the first visit's call-in and call-out are from its place. The
-- two steps of 0.609 degrees lie between two mph bands. 6 degrees are beyond the last band.
CREATE TEMP TABLE scenario AS
SELECT *, sum(share) OVER (ORDER BY number) - share AS first_pick, sum(share) OVER (ORDER BY number) - 1 AS last_pick
FROM (VALUES
  ( 1, 'same schedule',               9,   0, 120, 'no',  'no',   0,     0,   0),
  ( 2, 'same visit time',             9,   0, 120, 'yes', 'yes',  0,     0,   0),
  ( 3, 'schedule same as visit',      9,   0, 120, 'no',  'yes',  0,     0,   0),
  ( 4, 'schedules overlap',          15,  30, 120, 'no',  'no',   0,     0,   0),
  ( 5, 'visits overlap',             17,  30, 120, 'yes', 'yes',  0,     0,   0),
  ( 6, 'schedule overlaps visit',    16,  30, 120, 'no',  'yes',  0,     0,   0),
  ( 7, 'too far to travel',           8,  55,  45, 'yes', 'yes',  0.5,   0,   0),
  ( 8, 'too far on the way there',    2,  55,  45, 'yes', 'yes',  0,     0,   0.5),
  ( 9, 'too far on the way back',     2,  55,  45, 'yes', 'yes',  0,     0.5, 0),
  (10, 'over midnight',               3,  30, 240, 'yes', 'yes',  0,     0,   0),
  (11, 'not clocked out',             2,  30, 120, 'in',  'yes',  0,     0,   0),
  (12, 'no longer overlapping',       4, 180, 120, 'yes', 'yes',  0,     0,   0),
  (13, 'farther than any mph band',   1,  55,  45, 'yes', 'yes',  6,     0,   0),
  (14, 'between two mph bands',       1,  55,  45, 'yes', 'yes',  0.609, 0,   0),
  (15, 'first visit is gone',         2,  30, 120, 'yes', 'yes',  0,     0,   0)
) AS s (number, name, share, step, length, even_clocked, odd_clocked, apart, first_in, first_out);

-- Every hundred clusters contain every scenario, and the scenarios are combined with every cluster size in turn. Clusters 21 and 22 of 120
-- lie outside the window. Cluster 23 was rescheduled after it was stored.
CREATE TEMP TABLE cluster AS
SELECT
  c AS cluster,
  c / 2 AS person,
  current_date + CASE c % 120
    WHEN 21 THEN -800
    WHEN 22 THEN 33 + pg_temp.pick(c, 7, 12)
    ELSE (pg_temp.pick(c / 2, 8, 750) + c % 2 * 97) % 750 - 725
  END AS visit_date,
  CASE WHEN c % 120 = 23 THEN 2 ELSE 0 END AS days_moved,
  (c / 10 % 10 + c % 10) % 10 * 10 + (c % 10 * 3 + c / 100) % 10 AS scenario_pick,
  40.5 + pg_temp.pick(c, 9, 4000) / 10000.0 AS latitude,
  -74.2 + pg_temp.pick(c, 10, 4000) / 10000.0 AS longitude,
  interval '6 hours' + pg_temp.pick(c, 11, 24) * interval '15 minutes' AS opening
FROM size, generate_series(0, clusters - 1) AS c;

-- One row per visit: person, time, place. There are three kinds of visits: those of clusters, those of one person with very many employers
-- (the heavy key), and visits without any conflict, which are the large majority.
CREATE TEMP TABLE visit_plan AS
WITH member AS (
  SELECT
    (c.cluster / 10) * 25 + layout.first_visit + slot AS n,
    c.cluster, c.person, slot, c.visit_date, c.days_moved, s.name AS scenario,
    c.person * 4 + slot AS caregiver,
    CASE
      WHEN slot = 1 AND c.person % 120 BETWEEN 15 AND 19 THEN c.person % 120 - 15
      ELSE 5 + (c.person * 3 + slot) % (providers - 5)
    END AS provider,
    c.visit_date + CASE WHEN s.name = 'over midnight' THEN interval '22 hours' ELSE c.opening END
      + slot * s.step * interval '1 minute' AS starts,
    s.length,
    CASE WHEN slot % 2 = 0 THEN s.even_clocked ELSE s.odd_clocked END AS clocked,
    c.latitude + s.apart * slot + CASE WHEN slot % 2 = 0 THEN s.first_in ELSE 0 END AS latitude_in,
    c.latitude + s.apart * slot + CASE WHEN slot % 2 = 0 THEN s.first_out ELSE 0 END AS latitude_out,
    c.longitude
  FROM size, cluster AS c
  JOIN scenario AS s ON c.scenario_pick BETWEEN s.first_pick AND s.last_pick
  JOIN (VALUES (0, 0, 2), (1, 2, 2), (2, 4, 2), (3, 6, 2), (4, 8, 2), (5, 10, 2), (6, 12, 3), (7, 15, 3), (8, 18, 3), (9, 21, 4))
    AS layout (position, first_visit, visits) ON layout.position = c.cluster % 10
  CROSS JOIN LATERAL generate_series(0, layout.visits - 1) AS slot
),
heavy AS (
  SELECT
    blocks * 25 + i AS n,
    -1 AS cluster, persons AS person, i AS slot, current_date - 30 AS visit_date, 0 AS days_moved, 'visits overlap' AS scenario,
    persons * 4 + i AS caregiver,
    6 + i % (providers - 6) AS provider,
    current_date - 30 + interval '9 hours' + i % 60 * interval '1 minute' AS starts,
    120 AS length,
    'yes' AS clocked,
    40.7 AS latitude_in, 40.7 AS latitude_out, -74.0 AS longitude
  FROM size, generate_series(0, size.heavy - 1) AS i
),
single AS (
  SELECT
    blocks * 25 + heavy + i AS n,
    NULL::int AS cluster, persons + 1 + i % singles AS person, 0 AS slot, day AS visit_date, 0 AS days_moved, 'alone' AS scenario,
    persons * 4 + heavy + i % singles AS caregiver,
    i % singles % providers AS provider,
    day + interval '5 hours' + pg_temp.pick(i, 12, 60) * interval '15 minutes' AS starts,
    60 + pg_temp.pick(i, 13, 12) * 15 AS length,
    (ARRAY['yes','yes','yes','no','in'])[1 + pg_temp.pick(i, 14, 5)] AS clocked,
    40.5 + pg_temp.pick(i, 15, 4000) / 10000.0 AS latitude_in,
    40.5 + pg_temp.pick(i, 15, 4000) / 10000.0 AS latitude_out,
    -74.2 + pg_temp.pick(i, 16, 4000) / 10000.0 AS longitude
  FROM size,
    generate_series(0, :visits - heavy - 1
      - (SELECT count(*)::int FROM member WHERE NOT (scenario = 'first visit is gone' AND slot = 0))) AS i
  CROSS JOIN LATERAL (SELECT current_date - 730 + pg_temp.pick(i, 17, 775) AS day) AS d
)
SELECT * FROM member UNION ALL SELECT * FROM heavy UNION ALL SELECT * FROM single;

ANALYZE visit_plan;
