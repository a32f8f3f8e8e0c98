SELECT version FROM :"ledger".migration ORDER BY version;
