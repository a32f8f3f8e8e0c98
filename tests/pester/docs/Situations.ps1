# The situation before a block of commands, by page, heading and number of the block under it. Each page begins with its own database,
# in which no run has been started.

$Slow = @'
    CREATE FUNCTION conflict.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
    CREATE TRIGGER slow AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION conflict.slow();
'@
$SlowWhenLarge = @'
    CREATE FUNCTION conflict.slow() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN IF (SELECT count(*) FROM n) > 300 THEN PERFORM pg_sleep(3); END IF; RETURN NULL; END';
    CREATE TRIGGER slow AFTER UPDATE ON conflict.conflictvisitmaps REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION conflict.slow();
'@
$Quick = 'DROP FUNCTION IF EXISTS conflict.slow() CASCADE;'

# The update of some rows fails, because of an error in a trigger, or because a row violates a constraint.
$Refused = @'
    CREATE FUNCTION conflict.refused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused' USING ERRCODE = '{0}'; END $$;
    DO $$ BEGIN EXECUTE (SELECT format('CREATE TRIGGER refused BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW
      WHEN (NEW.%I = %L AND NEW."UpdateFlag" IS NULL) EXECUTE FUNCTION conflict.refused()', '{1}', max("{1}"))
      FROM conflict.conflictvisitmaps WHERE {2}); END $$;
'@
$Accepted = 'DROP FUNCTION IF EXISTS conflict.refused() CASCADE;'

function Invoke-FailingRun([string] $SqlState, [string] $Column, [string] $Rows = '"VisitDate" BETWEEN current_date - 300 AND current_date - 260') {
    Invoke-Sql ($Refused -f $SqlState, $Column, $Rows)
    $null = Start-CmEtl -New -Wait 2>&1 3>&1
}

function Wait-For([scriptblock] $Condition) {
    for ($i = 0; -not (& $Condition); $i++) {
        if ($i -eq 600) { throw "Not within a minute: $Condition" }
        Start-Sleep -Milliseconds 100
    }
}

# A run that is active while the page is read.
function Start-LongRun {
    Invoke-Sql $Slow
    $null = Start-CmEtl -New
    Wait-For { (Get-CmEtlStatus).ChunksProcessing }
}

function Stop-LongRun {
    Invoke-Sql $Quick
    if ((Get-CmEtlStatus).State -eq 'Running') { $null = Stop-CmEtl }
    Wait-For { (Get-CmEtlStatus).State -ne 'Running' }
}

# A run whose process dies while it works, as in a power cut.
function Start-DoomedRun {
    Invoke-Sql $Slow
    $Env:CMETL_LEASE_SECONDS = 1
    $process = Start-Process bash '-c', '"exec dotnet output/bin/cmetl.dll ''Start-CmEtl -New -Wait'' > /dev/null 2>&1"' -PassThru
    Wait-For { (Get-CmEtlStatus -Last 1).ChunksProcessing }
    $process.Kill()
    Wait-For { (Get-CmEtlStatus).ChunksStuck }
    $Env:CMETL_LEASE_SECONDS = $null
    Invoke-Sql $Quick
}

$Situations = @{
    # The tables belong to a separate role that is not a superuser.
    'docs/production-database.md#1. Create four roles@1' = {
        Invoke-Sql @'
            DROP SCHEMA cm_etl CASCADE;
            DROP INDEX conflict.conflictvisitmaps_cm_etl_chunk, analytics.dimpatientaddress_cm_etl_patient;
            DROP ROLE IF EXISTS cm_owner, cm_worker, cm_operator, cm_tables;
            CREATE ROLE cm_tables LOGIN;
            DO $$
            DECLARE
              name text;
            BEGIN
              FOR name IN
                SELECT format('SCHEMA %I', n.nspname) FROM pg_namespace AS n WHERE n.nspname IN ('conflict', 'analytics')
                UNION ALL
                SELECT format('%s %s', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.oid::regclass)
                  FROM pg_class AS c
                 WHERE c.relnamespace IN ('conflict'::regnamespace, 'analytics'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'S')
                   AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass)
              LOOP
                EXECUTE format('ALTER %s OWNER TO cm_tables', name);
              END LOOP;
            END $$;
'@
    }
    'docs/operations.md#Stop and resume@1' = { Start-LongRun }
    'docs/operations.md#Upgrade@2' = { Invoke-Sql 'DO $$ BEGIN CREATE ROLE cm_worker LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$' }
    'docs/operations.md#Stop and resume@2' = { Stop-LongRun }
    'docs/operations.md#Resume a failed run@1' = { Invoke-FailingRun P0001 VisitDate }
    'docs/operations.md#Resume a failed run@2' = { Invoke-Sql $Accepted }
    'docs/operations.md#Start over or abandon a run@2' = { Invoke-FailingRun P0001 VisitDate; Invoke-Sql $Accepted }
    'docs/records.md#Records@1' = { $null = Start-CmEtl -Wait }
    'docs/tuning.md#Tuning@1' = { $null = Start-CmEtl -Wait }
    'docs/troubleshooting.md#Troubleshooting@1' = { $null = Start-CmEtl -Wait }
    'docs/refused-starts.md#Another run is active@1' = { Start-LongRun }
    'docs/refused-starts.md#The analytics tables are stale@1' = { Stop-LongRun }
    'docs/troubleshooting.md#The run is slower than usual@1' = {
        Stop-LongRun
        $Env:CMETL_MIN_FREE_CONNECTIONS = 10000
        $Env:CMETL_PRESSURE_INTERVAL_SECONDS = 0.2
        Start-LongRun
        Wait-For { (Get-CmEtlStatus).Reason }
    }
    'docs/troubleshooting.md#Chunks fail@1' = {
        Stop-LongRun
        $Env:CMETL_MIN_FREE_CONNECTIONS = $Env:CMETL_PRESSURE_INTERVAL_SECONDS = $null
        Invoke-FailingRun P0001 VisitDate
    }
    'docs/troubleshooting.md#A row cannot be written@1' = {
        Invoke-Sql $Accepted
        # A row that the last run has confirmed, so that the next one would write it too.
        Invoke-FailingRun 23514 ID '"VisitDate" BETWEEN current_date - 90 AND current_date - 30 AND "UpdateFlag" IS NULL AND "UpdatedDate" > now() AT TIME ZONE ''UTC'' - interval ''10 minutes'''
    }
    'docs/troubleshooting.md#A row cannot be written@3' = { Invoke-Sql $Accepted }
    'docs/troubleshooting.md#A worker died@1' = { Start-DoomedRun }
    'docs/troubleshooting.md#A chunk takes too long@1' = { Invoke-Sql $SlowWhenLarge; $Env:CMETL_CHUNK_TIMEOUT_SECONDS = 1 }
    'docs/troubleshooting.md#The payload is too large@1' = { Invoke-Sql $Quick; $Env:CMETL_CHUNK_TIMEOUT_SECONDS = $null }
    'docs/troubleshooting.md#The plan is not found@1' = {
        Invoke-FailingRun P0001 VisitDate
        Invoke-Sql "$Accepted DELETE FROM cm_etl.chunk WHERE run_id = (SELECT max(run_id) FROM cm_etl.run) AND chunk_id = 1"
    }
    'docs/refused-starts.md#The ledger is missing@1' = { Invoke-Sql 'DROP SCHEMA cm_etl CASCADE' }
    'docs/refused-starts.md#A privilege is missing@1' = {
        Invoke-Sql 'DO $$ BEGIN CREATE ROLE cm_night LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$'
        $null = Get-Credential cm_night
        $Env:POSTGRES_USER = 'cm_night'
    }
    end = { if (Get-CmEtlStatus -Last 1 -ErrorAction Ignore) { Stop-LongRun } }
}
