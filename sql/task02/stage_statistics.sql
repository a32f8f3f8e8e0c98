-- Runs once per session, while the stages are empty, and gives the planner statistics about the visits to come: they are unique, and about
-- ten fit on a page. From the declared column widths it would expect none, and would compare every pair with every visit.
INSERT INTO cm_visit (visit_id) SELECT v."Visit Id" FROM :"analytics".factvisitcallperformance_cr AS v LIMIT 10;
ANALYZE cm_visit (visit_id);
