SELECT count(*) AS rows, count(*) FILTER (WHERE "ID" = 1) AS with_id_1, count(*) FILTER (WHERE "ExtraDistancePer" BETWEEN 0.001 AND 1000000) AS with_multiplier,
       count(*) FILTER (WHERE "InProgressFlag" = 1) AS in_progress
  FROM :"conflict".settings;
