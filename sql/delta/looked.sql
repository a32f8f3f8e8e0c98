-- Stores the first look of a delta run. A run that cannot be compared with its baseline run recomputes every row.
UPDATE :"ledger".run
   SET seed = :'seed'::bigint, look_baseline = :'look_baseline'::text::xid8, look = :'look'::jsonb, delta_of = :'base_id'::text
 WHERE run_id = :'run_id';
