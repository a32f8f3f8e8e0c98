-- Last day of the window.
(current_date + :'lookahead_days'::integer)
