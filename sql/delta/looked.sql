-- Stores the first look of a delta run. delta_of becomes NULL if the run cannot be compared with a baseline run and recomputes every row.
UPDATE :"ledger".run
   SET seed = :'seed'::bigint, look_baseline = :'look_baseline'::text::xid8, look = :'look'::jsonb, delta_of = :'base_id'::text
 WHERE run_id = :'run_id';
