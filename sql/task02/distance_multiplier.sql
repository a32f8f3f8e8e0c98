-- Exactly one row when the multiplier is beyond doubt: a single settings row, or the one with ID 1, whose value is a number from 0.001 to a million.
-- NaN and Infinity are above the range. Through text, because a real that is cast keeps six digits as numeric and gains false ones as double precision.
SELECT s."ExtraDistancePer"::text::double precision
  FROM :"conflict".settings AS s
 WHERE s."ExtraDistancePer" BETWEEN 0.001 AND 1000000 AND (s."ID" = 1 OR (SELECT count(*) FROM :"conflict".settings) = 1);
