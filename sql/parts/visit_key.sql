-- The key of the visit v in a fingerprint. It is cheaper to compare than the ID.
hashtextextended(v."Visit Id"::text, :'seed'::bigint)
