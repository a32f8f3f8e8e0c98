-- Updates names only, and only where they differ. Ids, CreatedDateTime and NumberOfDays belong to users.
UPDATE :"conflict".payer_provider_reminders AS r
   SET "Contract" = n.contract, "ProviderName" = n.provider_name
  FROM (SELECT DISTINCT py."Payer Id" AS payer_id, pr."Provider Id" AS provider_id,
               left(py."Payer Name", :contract_width) AS contract, left(pr."Provider Name", :provider_name_width) AS provider_name
          FROM :"analytics".dimpayerprovider AS pp
          JOIN :"analytics".dimprovider AS pr ON pr."Provider Id"::text = pp."Provider Id"::text
          JOIN :"analytics".dimpayer AS py ON py."Payer Id"::text = pp."Payer Id"::text) AS n
 WHERE r."PayerID" = n.payer_id AND r."ProviderID" = n.provider_id
   AND (r."Contract" IS DISTINCT FROM n.contract OR r."ProviderName" IS DISTINCT FROM n.provider_name);
