-- Rows that were loaded with their IDs leave the sequence behind them; the next reminder would collide with one of them.
SELECT s.last_value + s.is_called::integer AS next_id, r.last_id::text AS last_id, s.last_value + s.is_called::integer <= r.last_id AS behind
  FROM :sequence AS s, (SELECT coalesce(max(r."ID"), 0)::numeric AS last_id FROM :"conflict".payer_provider_reminders AS r) AS r;
