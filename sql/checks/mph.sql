-- Compares each band with the next higher one.
SELECT count(*) AS bands,
       count(*) FILTER (WHERE "AverageMilesPerHour" IS NULL OR NOT "AverageMilesPerHour" BETWEEN 0.000001 AND 1000000
                           OR "From" IS NULL OR "To" IS NULL OR "To" < "From" OR "To"::text = 'NaN') AS unusable,
       count(*) FILTER (WHERE next_from < "To") AS overlaps,
       count(*) FILTER (WHERE next_from = "To") AS touching,
       count(*) FILTER (WHERE next_from > "To") AS gaps,
       max("To")::numeric AS last_mile
  FROM (SELECT m.*, lead("From") OVER (ORDER BY "From", "To") AS next_from FROM :"conflict".mph AS m) AS bands;
