SELECT :first_day, :last_day;
