-- Whether a dimension consists of the same row versions as at an earlier look: when all that are there now are older than it, and as many
-- as then, they are the same ones.
SELECT count(*) AS rows, count(*) FILTER (WHERE age(s.version) > :'age'::integer) AS old FROM (:sources) AS s;
