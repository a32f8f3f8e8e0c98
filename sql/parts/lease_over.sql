-- Whether the lease of the chunk o is over. A worker that is still in its transaction holds the chunk's row: SKIP LOCKED passes it by.
o.state = 'processing' AND o.lease_until < clock_timestamp()
