-- Tests whether a pooled connection still has a session.
SELECT 1;
