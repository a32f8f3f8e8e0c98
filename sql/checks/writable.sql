-- Whether this session can write. It cannot on a standby, or when a failover or a disk guard has made the server read-only.
SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off';
