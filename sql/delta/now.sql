-- The surroundings at the second look, and how old a row version has to be to have been there at the first.
SELECT (:surroundings)::text AS look, age(:'look_baseline'::text::xid8::xid) AS look_age;
