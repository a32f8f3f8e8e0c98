-- Rows that were loaded with their IDs leave the sequence behind them; the next reminder would collide with one of them.
SELECT s.last_value + s.is_called::integer AS next_id, (SELECT coalesce(max(r."ID"), 0)::numeric FROM :"conflict".payer_provider_reminders AS r) AS last_id
  FROM :sequence AS s;
