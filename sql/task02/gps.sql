-- A GPS text is present unless it is NULL or a lone comma, and usable when it is two numbers in range. What is present but not usable is
-- passed over and counted. Exponents have at most two digits and the column holds 100 characters, so no cast can overflow.
SELECT CASE WHEN usable THEN lat END AS latitude, CASE WHEN usable THEN lon END AS longitude,
       CASE WHEN text IS NULL OR text = ',' OR usable THEN 0 ELSE 1 END AS rejected
  FROM (SELECT text, lat, lon, coalesce(lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180, false) AS usable
          FROM (SELECT text,
                       CASE WHEN number THEN split_part(replace(text, '"', ''), ',', 1)::double precision END AS lat,
                       CASE WHEN number THEN split_part(replace(text, '"', ''), ',', 2)::double precision END AS lon
                  FROM (SELECT :gps_text AS text,
                               replace(:gps_text, '"', '') ~ '^ *[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})? *, *[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})? *$'
                                 AS number OFFSET 0) AS raw OFFSET 0) AS parsed OFFSET 0) AS checked
