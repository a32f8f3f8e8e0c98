-- Counts the rows of a dimension, and how many of them are older than an earlier look. If all are older and their number is the same as at
-- that look, the dimension consists of the same row versions.
SELECT count(*) AS rows, count(*) FILTER (WHERE age(s.version) > :'age'::integer) AS old FROM (:sources) AS s;
