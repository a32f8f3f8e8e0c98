-- The present moment. Every moment of a run is of this clock, whatever the clocks of its processes say.
SELECT clock_timestamp();
