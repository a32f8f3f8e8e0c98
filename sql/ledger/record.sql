-- A migration that was recorded without a checksum gets one here, after its catalog was compared (checks/ledger_001.sql).
INSERT INTO :"ledger".migration (version, name, checksum) VALUES (:version, :name, :checksum)
    ON CONFLICT (version) DO UPDATE SET checksum = excluded.checksum;
