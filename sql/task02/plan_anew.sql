-- Of a run with delta: a chunk with few rows left must not be planned for all of them, nor a later one with many for those few.
SET LOCAL plan_cache_mode = force_custom_plan;
