UPDATE :"ledger".run
   SET task01_at = clock_timestamp(), reminders_added = :'reminders_added'::bigint, reminders_changed = :'reminders_changed'::bigint,
       snapshot_rows = :'snapshot_rows'::bigint
 WHERE run_id = :'run_id' AND state = 'running' AND task01_at IS NULL;
