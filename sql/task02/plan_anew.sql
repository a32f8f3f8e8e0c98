-- A late chunk must not use a plan made for the size of a regular chunk, and a regular chunk must not use a plan made for a late one.
SET LOCAL plan_cache_mode = force_custom_plan;
