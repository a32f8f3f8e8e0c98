-- after_run: resumes the pg_cron jobs that pause_pg_cron.sql paused, and no others. It also resumes jobs left paused by a run that was
-- killed.
-- psql -v ledger=cm_etl -v run_id=by-hand -f sql/hooks/resume_pg_cron.sql
WITH paused AS (
  SELECT DISTINCT unnest(string_to_array(e.reason, ','))::bigint AS jobid
    FROM :"ledger".event AS e
   WHERE e.kind = 'cron jobs paused'
     AND e.event_id > coalesce((SELECT max(d.event_id) FROM :"ledger".event AS d WHERE d.kind = 'cron jobs resumed'), 0)
),
resumed AS MATERIALIZED (
  SELECT j.jobid, cron.alter_job(job_id := j.jobid, active := true)
    FROM paused
    JOIN cron.job AS j USING (jobid)
   WHERE NOT j.active
)
INSERT INTO :"ledger".event (run_id, kind, rows, reason)
SELECT :'run_id', 'cron jobs resumed', count(r.jobid), coalesce(string_agg(r.jobid::text, ',' ORDER BY r.jobid), '')
  FROM paused AS p
  LEFT JOIN resumed AS r USING (jobid)
HAVING count(*) > 0;
