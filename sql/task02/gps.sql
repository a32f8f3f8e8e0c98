-- A GPS text is present unless it is NULL or a single comma. It is usable when it begins with a latitude, a comma and a longitude, both in
-- range. Double quotes are removed, spaces, tabs and line breaks around a number are skipped, and everything after a second comma (an
-- altitude, an accuracy, or nothing) is ignored. A text that is present but unusable is ignored and counted. The pattern uses [0-9] and the
-- collation C, because \d can match digits of other scripts, which no cast accepts, and a nondeterministic collation does not support
-- regular expressions. A part of up to 150 bytes with a two-digit exponent neither overflows nor underflows, so its cast cannot fail.
-- OFFSET 0 keeps the expressions separate, so that each is computed once.
SELECT CASE WHEN usable THEN lat END AS latitude, CASE WHEN usable THEN lon END AS longitude, CASE WHEN present AND NOT usable THEN 1 ELSE 0 END AS rejected
  FROM (SELECT present, lat, lon, coalesce(lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180, false) AS usable
          FROM (SELECT present, CASE WHEN number THEN lat_text::double precision END AS lat, CASE WHEN number THEN lon_text::double precision END AS lon
                  FROM (SELECT present, lat_text, lon_text, octet_length(lat_text) <= 150 AND octet_length(lon_text) <= 150 AND text ~
                               '^[ \t\r\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?0*[0-9]{1,2})?[ \t\r\n]*,[ \t\r\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?0*[0-9]{1,2})?[ \t\r\n]*(?:,|$)'
                               AS number
                          FROM (SELECT present, text, split_part(text, ',', 1) AS lat_text, split_part(text, ',', 2) AS lon_text
                                  FROM (SELECT raw <> ',' AS present, CASE WHEN raw <> ',' THEN replace(raw, '"', '') END AS text
                                          FROM (SELECT :gps_text::text COLLATE "C" AS raw OFFSET 0) AS given OFFSET 0) AS bare OFFSET 0) AS part OFFSET 0) AS matched OFFSET 0) AS parsed OFFSET 0) AS checked
