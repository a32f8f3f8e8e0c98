-- Records which text of views.sql the views were created from (checks/ledger_views.sql).
COMMENT ON VIEW :"ledger".chunk_status IS :checksum;
COMMENT ON VIEW :"ledger".run_status IS :checksum;
