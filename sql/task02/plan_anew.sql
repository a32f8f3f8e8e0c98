-- Late chunks differ in size. A late chunk must not use a query plan made for a regular chunk, and a regular chunk must not use a query
-- plan made for a late one.
SET LOCAL plan_cache_mode = force_custom_plan;
