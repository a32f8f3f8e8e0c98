-- The current time. All times of a run are taken from this clock, not from the clocks of its processes.
SELECT clock_timestamp();
