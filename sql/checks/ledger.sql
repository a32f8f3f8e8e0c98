SELECT to_regclass(format('%I.migration', :'ledger_schema')) IS NOT NULL AS present;
