-- Exactly one row when the multiplier is beyond doubt: a single settings row, or the one with ID 1, with a positive value.
SELECT s."ExtraDistancePer"::numeric
  FROM :"conflict".settings AS s
 WHERE s."ExtraDistancePer" > 0 AND (s."ID" = 1 OR (SELECT count(*) FROM :"conflict".settings) = 1);
