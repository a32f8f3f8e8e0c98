-- Whether the version of the visit v is older than the baseline run, in the same table. Then it has not changed. For delta/judge.sql.
(age(v.xmin) > :'base_age'::integer AND (SELECT bool_and(b.same_visits) FROM base AS b))
