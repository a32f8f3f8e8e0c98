COPY :"ledger".chunk (run_id, chunk_id, from_date, from_ssn, from_id, to_date, to_ssn, to_id,
                      first_date, last_date, estimated_rows, keys, dates, ssns, split_key, round) FROM STDIN (FORMAT binary)
