-- The surroundings at the second look, and the age that a row version must exceed to have existed at the first look.
SELECT (:surroundings)::text AS look, age(:'look_baseline'::text::xid8::xid) AS look_age;
