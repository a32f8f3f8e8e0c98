-- Returns one row when the multiplier is unambiguous: a single settings row, or the row with ID 1, whose value is a number from 0.001 to
-- 1000000. NaN and Infinity are out of range. The value is cast to text first, because a direct cast of a real to double precision adds
-- digits: 1.2 becomes 1.2000000476837158.
SELECT s."ExtraDistancePer"::text::double precision
  FROM :"conflict".settings AS s
 WHERE s."ExtraDistancePer" BETWEEN 0.001 AND 1000000 AND (s."ID" = 1 OR (SELECT count(*) FROM :"conflict".settings) = 1);
