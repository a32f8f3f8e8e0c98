-- Once a session, while the stages are empty: what the planner has to know of the visits to come. They are unique, and about ten stand on a
-- page; going by the declared widths of their columns it would expect none at all and compare every pair with every visit.
INSERT INTO cm_visit (visit_id) SELECT v."Visit Id" FROM :"analytics".factvisitcallperformance_cr AS v LIMIT 10;
ANALYZE cm_visit (visit_id);
