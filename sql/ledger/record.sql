INSERT INTO :"ledger".migration (version, name) VALUES (:'version'::integer, :'name');
