DROP TABLE size, scenario, cluster, visit_plan, pair, side;

-- The widest table has 246 columns. A small sample is sufficient for the planner and takes a fifth of the time.
SET default_statistics_target = 20;
ANALYZE;
