-- Returned as JSON, because ledgers that were created before migrations had checksums lack that column.
SELECT version, to_jsonb(m)->>'checksum' AS checksum FROM :"ledger".migration AS m ORDER BY version;
