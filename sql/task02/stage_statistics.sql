-- Runs once per session, before the first chunk, in one transaction. Gives the planner statistics about the visits: they are unique, and
-- about ten fit on a page. The commit deletes the rows, but not the statistics. Without these, the planner would expect no visits because
-- of the declared column widths, and would compare every pair with every visit.
INSERT INTO cm_visit (visit_id) SELECT v."Visit Id" FROM :"analytics".factvisitcallperformance_cr AS v LIMIT 10;
ANALYZE cm_visit (visit_id);
