-- Widths of the two names that reminders copy from wider columns.
SELECT coalesce(max(character_maximum_length) FILTER (WHERE column_name = 'Contract'), 2147483647) AS contract_width,
       coalesce(max(character_maximum_length) FILTER (WHERE column_name = 'ProviderName'), 2147483647) AS provider_name_width
  FROM information_schema.columns
 WHERE table_schema = :'conflict_schema' AND table_name = 'payer_provider_reminders';
