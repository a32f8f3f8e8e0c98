-- A late chunk must not be planned for the size of a whole one, nor a later one for that of a late chunk.
SET LOCAL plan_cache_mode = force_custom_plan;
