-- Half of the relations already have a reminder, with outdated names. One relation has two reminders, and one reminder no longer has a
-- relation.
INSERT INTO conflict.payer_provider_reminders
  ("PayerID", "AppPayerID", "Contract", "ProviderID", "AppProviderID", "ProviderName", "CreatedDateTime", "NumberOfDays")
SELECT
  "Payer Id", "Application Payer Id"::text, 'Former Payer', "Provider Id", "Application Provider Id"::text, 'Former Agency',
  current_date - interval '90 days', CASE WHEN "Application Provider Id" % 5 = 0 THEN 14 END
FROM (
  SELECT * FROM analytics.dimpayerprovider WHERE ("Application Payer Id" + "Application Provider Id") % 8 = 0
  UNION ALL
  SELECT * FROM analytics.dimpayerprovider WHERE "Application Payer Id" = 2004 AND "Application Provider Id" = 1008
  UNION ALL
  SELECT pg_temp.id('payer', 1), 2001, pg_temp.id('provider', 8), 1008
) AS relation
ORDER BY "Application Provider Id", "Application Payer Id";
