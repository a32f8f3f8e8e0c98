-- First statement of a transaction that reads several tables. LOCK takes no snapshot, so the snapshot of the next statement is newer than
-- the locks: a table that is truncated, rewritten or swapped is seen either as before or as after. TRUNCATE and rewriting forms of ALTER
-- TABLE are not MVCC-safe: an older snapshot would see an empty table (https://www.postgresql.org/docs/current/mvcc-caveats.html).
LOCK TABLE :tables IN ACCESS SHARE MODE;
