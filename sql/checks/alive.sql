-- Whether a connection from the pool still leads to a session.
SELECT 1;
