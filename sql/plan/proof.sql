-- Disjoint and covering: numbered without a gap, every range is not empty, each begins where the one before ends, and the ends are
-- those of the window. Anything else means a plan that was lost in part or edited.
SELECT count(*) = :'planned_chunks'::integer
       AND coalesce(bool_and(chunk_id = expected_id AND starts_after_previous AND lower < upper), true)
       AND (count(*) = 0 OR (min(from_date) = :'window_from'::date AND bool_or(is_first_open) AND bool_or(is_last_open))) AS proven
  FROM (SELECT chunk_id, row_number() OVER w - 1 AS expected_id, from_date,
               (from_date, from_ssn, from_id) AS lower, (to_date, to_ssn, to_id) AS upper,
               coalesce((from_date, from_ssn, from_id) = lag((to_date, to_ssn, to_id)) OVER w, true) AS starts_after_previous,
               row_number() OVER w = 1 AND from_date = :'window_from'::date AND from_ssn = '' AS is_first_open,
               row_number() OVER w = :'planned_chunks'::integer AND to_date = :'window_to'::date + 1 AND to_ssn = '' AS is_last_open
          FROM :"ledger".chunk
         WHERE run_id = :'run_id'
        WINDOW w AS (ORDER BY chunk_id)) AS c;
