-- One reminder per payer x provider relation, with the application ids of the relation. Names are truncated to the column's width. Ids are
-- compared as text, because one schema generation stores uuids here. An application id that does not fit its column is left out, so that it
-- does not fail the whole task.
INSERT INTO :"conflict".payer_provider_reminders
       ("PayerID", "AppPayerID", "Contract", "ProviderID", "AppProviderID", "ProviderName", "CreatedDateTime", "NumberOfDays")
SELECT DISTINCT ON (py."Payer Id", pr."Provider Id")
       py."Payer Id", CASE WHEN abs(pp."Application Payer Id") <= :application_id_limit THEN pp."Application Payer Id" END,
       left(py."Payer Name", :contract_width),
       pr."Provider Id", CASE WHEN abs(pp."Application Provider Id") <= :application_id_limit THEN pp."Application Provider Id" END,
       left(pr."Provider Name", :provider_name_width), localtimestamp, NULL
  FROM :"analytics".dimpayerprovider AS pp
  JOIN :"analytics".dimprovider AS pr ON pr."Provider Id"::text = pp."Provider Id"::text
  JOIN :"analytics".dimpayer AS py ON py."Payer Id"::text = pp."Payer Id"::text
 WHERE NOT EXISTS (
       SELECT FROM :"conflict".payer_provider_reminders AS r
        WHERE r."PayerID" = py."Payer Id" AND r."ProviderID" = pr."Provider Id")
 ORDER BY py."Payer Id", pr."Provider Id", pp."Application Payer Id", pp."Application Provider Id";
