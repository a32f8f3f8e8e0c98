-- Proves that the chunks are disjoint and cover the window: their number is as planned, no range is empty, each range begins where the
-- previous one ends, and the outer ends are those of the window. Otherwise the plan was partly lost or edited. Chunk numbers need not
-- follow the order: a split takes the next free number, and so does a pass over late rows, whose chunks overlap those of the plan.
SELECT (SELECT count(*) FROM :"ledger".chunk WHERE run_id = :'run_id') = :'planned_chunks'::integer
       AND coalesce(bool_and(lower < upper AND lower = previous), true)
       AND (count(*) = 0 OR (bool_or(is_first) AND bool_or(is_last))) AS proven
  FROM (SELECT (from_date, from_ssn, from_id) AS lower, (to_date, to_ssn, to_id) AS upper,
               lag((to_date, to_ssn, to_id), 1, (from_date, from_ssn, from_id)) OVER w AS previous,
               row_number() OVER w = 1 AND from_date = :'window_from'::date AND from_ssn = '' AS is_first,
               to_date = :'window_to'::date + 1 AND to_ssn = '' AS is_last
          FROM :"ledger".chunk
         WHERE run_id = :'run_id' AND round = 0
        WINDOW w AS (ORDER BY from_date, from_ssn, from_id)) AS c;
