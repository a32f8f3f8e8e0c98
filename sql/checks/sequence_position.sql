-- Rows that were loaded with their IDs do not advance the sequence. The next reminder could get an ID that exists.
SELECT s.last_value + s.is_called::integer AS next_id, r.last_id::text AS last_id, s.last_value + s.is_called::integer <= r.last_id AS behind
  FROM :sequence AS s, (SELECT coalesce(max(r."ID"), 0)::numeric AS last_id FROM :"conflict".payer_provider_reminders AS r) AS r;
