-- One reminder per payer x provider relation. Names are cut to the column, ids compared as text: one schema generation keeps uuids here.
INSERT INTO :"conflict".payer_provider_reminders
       ("PayerID", "AppPayerID", "Contract", "ProviderID", "AppProviderID", "ProviderName", "CreatedDateTime", "NumberOfDays")
SELECT DISTINCT ON (py."Payer Id", pr."Provider Id")
       py."Payer Id", py."Application Payer Id", left(py."Payer Name", :contract_width),
       pr."Provider Id", pr."Application Provider Id", left(pr."Provider Name", :provider_name_width), localtimestamp, NULL
  FROM :"analytics".dimpayerprovider AS pp
  JOIN :"analytics".dimprovider AS pr ON pr."Provider Id"::text = pp."Provider Id"::text
  JOIN :"analytics".dimpayer AS py ON py."Payer Id"::text = pp."Payer Id"::text
 WHERE NOT EXISTS (
       SELECT FROM :"conflict".payer_provider_reminders AS r
        WHERE r."PayerID" = py."Payer Id" AND r."ProviderID" = pr."Provider Id")
 ORDER BY py."Payer Id", pr."Provider Id";
