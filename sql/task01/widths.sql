-- Widths of the two names that reminders copy from wider columns, and the largest application id that fits.
SELECT coalesce(max(character_maximum_length) FILTER (WHERE column_name = 'Contract'), 2147483647) AS contract_width,
       coalesce(max(character_maximum_length) FILTER (WHERE column_name = 'ProviderName'), 2147483647) AS provider_name_width,
       CASE WHEN bool_or(data_type = 'integer' AND column_name LIKE 'App%') THEN '2147483647'
            WHEN bool_or(data_type = 'bigint' AND column_name LIKE 'App%') THEN '9223372036854775807' ELSE '1e38' END AS application_id_limit
  FROM information_schema.columns
 WHERE table_schema = :'conflict_schema' AND table_name = 'payer_provider_reminders';
