SELECT (current_date - make_interval(years => :'lookback_years'::integer))::date, current_date + :'lookahead_days'::integer;
