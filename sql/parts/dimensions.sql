-- The dimensions that Task 02 joins visits with; each has a branch in delta/sources.sql.
ARRAY['dimcaregiver', 'dimcontract', 'dimoffice', 'dimpatient', 'dimpatientaddress', 'dimpayer', 'dimprovider', 'dimservicecode', 'dimuser']
