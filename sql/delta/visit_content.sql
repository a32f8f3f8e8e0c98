-- :visit_content: the fingerprint of the visit v. It covers all columns that Task 02 reads (DeltaColumnTests compares them with
-- task02/stage_2_visit.sql).
hash_record_extended(ROW(
  v."Visit Date", v."Caregiver Id", v."Provider Id", v."Office Id", v."Patient Id", v."Payer Id", v."Contract Id", v."Service Code Id",
  v."Provider Patient Id", v."Payer Patient Id", v."Visit Updated User Id",
  v."Application Visit Id", v."Application Caregiver Id", v."Application Provider Id", v."Application Office Id",
  v."Application Patient Id", v."Application Payer Id", v."Application Contract Id", v."Application Provider Patient Id",
  v."Application Payer Patient Id",
  v."Scheduled Start Time", v."Scheduled End Time", v."Visit Start Time", v."Visit End Time", v."Call In Time", v."Call Out Time",
  v."Call In GPS Coordinates", v."Call Out GPS Coordinates", v."Call Out Device Type",
  v."Bill Type", v."Billed", v."Billed Hours", v."Billed Rate", v."Total Billed Amount", v."Bill Rate Non-Billed", v."Invoice Date",
  v."Is Missed", v."Missed Visit Reason", v."Visit Updated Timestamp"), :'seed'::bigint)
