-- An operator approves a completed run that was judged implausible. This is possible only while the run would otherwise be sweep-safe.
UPDATE :"ledger".run AS r
   SET approved_at = clock_timestamp(), approved_by = session_user, approved_reason = :'reason'
 WHERE r.run_id = :'run_id' AND r.state = 'completed' AND r.implausible <> '' AND r.approved_at IS NULL
   AND r.finished_at <= clock_timestamp() + interval '5 minutes' AND r.sweep_safe_until > clock_timestamp()
   AND NOT EXISTS (SELECT FROM :"ledger".run AS n WHERE n.conflict_schema = r.conflict_schema AND n.number > r.number);
