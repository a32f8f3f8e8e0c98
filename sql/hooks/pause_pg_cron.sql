-- before_run: pauses the active pg_cron jobs of this database that belong to the role of the run, and records them in the ledger. The role
-- needs USAGE on the schema cron. pg_cron shows a role its own jobs only. resume_pg_cron.sql resumes the jobs.
-- psql -v ledger=cm_etl -v run_id=by-hand -f sql/hooks/pause_pg_cron.sql
WITH paused AS MATERIALIZED (
  SELECT j.jobid, cron.alter_job(job_id := j.jobid, active := false)
    FROM cron.job AS j
   WHERE j.active AND j.database = current_database() AND j.username = current_user
)
INSERT INTO :"ledger".event (run_id, kind, rows, reason)
SELECT :'run_id', 'cron jobs paused', count(*), string_agg(p.jobid::text, ',' ORDER BY p.jobid)
  FROM paused AS p
HAVING count(*) > 0;
