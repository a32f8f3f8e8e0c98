-- Ids are compared without a cast, so that indexes can be used. Therefore both schemas must be of the same generation.
SELECT a.name, format_type(l.atttypid, NULL) AS stored, format_type(r.atttypid, NULL) AS analytics
  FROM (VALUES ('conflictvisitmaps', 'VisitID', 'factvisitcallperformance_cr', 'Visit Id'),
               ('conflictvisitmaps', 'ConVisitID', 'factvisitcallperformance_cr', 'Visit Id'),
               ('excluded_agency', 'ProviderID', 'factvisitcallperformance_cr', 'Provider Id')) AS pair (relation, name, fact, fact_column)
 CROSS JOIN LATERAL (SELECT pair.relation || '.' || pair.name AS name) AS a
  JOIN pg_attribute AS l ON l.attrelid = to_regclass(format('%I.%I', :'conflict_schema', pair.relation)) AND l.attname = pair.name
  JOIN pg_attribute AS r ON r.attrelid = to_regclass(format('%I.%I', :'analytics_schema', pair.fact)) AND r.attname = pair.fact_column
 WHERE l.atttypid <> r.atttypid;
