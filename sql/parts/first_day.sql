-- First day of the window, by the database's clock in the session's time zone.
(current_date - make_interval(years => :'lookback_years'::integer))::date
