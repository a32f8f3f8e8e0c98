-- Tables without which no pair can be confirmed and which contain no usable row, because a load failed or is in progress.
SELECT format('%I.%I', :'analytics_schema', t.name) AS relation, t.what
  FROM (VALUES
       ('factvisitcallperformance_cr', 'visit', EXISTS (SELECT FROM :"analytics".factvisitcallperformance_cr)),
       ('dimcaregiver', 'caregiver with an SSN', EXISTS (SELECT FROM :"analytics".dimcaregiver AS c WHERE trim(c."SSN") <> '')),
       ('dimprovider', 'active provider', EXISTS (SELECT FROM :"analytics".dimprovider AS p WHERE p."Is Active" AND NOT p."Is Demo"))
       ) AS t (name, what, present)
 WHERE NOT t.present;
