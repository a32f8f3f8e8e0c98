-- Whether a dimension consists of the same row versions as at an earlier look. That is so when all current rows are older than that look
-- and their number is the same.
SELECT count(*) AS rows, count(*) FILTER (WHERE age(s.version) > :'age'::integer) AS old FROM (:sources) AS s;
