-- The addresses of a chunk's patients; without it every chunk reads the whole table.
CREATE INDEX CONCURRENTLY IF NOT EXISTS dimpatientaddress_cm_etl_patient
    ON :"analytics".dimpatientaddress ("Patient Id")
 WHERE "Primary Address";
