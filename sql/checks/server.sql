SELECT current_setting('server_version_num')::integer AS version, pg_is_in_recovery() AS replica,
       current_setting('transaction_read_only')::boolean AS read_only, current_setting('server_encoding') AS encoding;
