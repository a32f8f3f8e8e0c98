#!/bin/bash
# A month of nightly runs in the situation of a new user: the unpacked package, an account without rights and with an empty home, four database roles
# that are not superusers, and each kind of problem once. A night that does not end as its line says is an error. Needs root, PostgreSQL's programs and psql.
#   tests/trial/month.sh output/CmEtl-0.1.0.zip [seconds between two nights]
set -euo pipefail
zip=$(realpath "$1"); pause=${2:-1}
work=$(mktemp -d /tmp/cmetl-month.XXXXXX); chmod 755 "$work"; account=cmtrial
id "$account" > /dev/null 2>&1 || useradd --system --no-create-home "$account"
unzip -q "$zip" -d "$work"; ln -s "$work"/CmEtl-* "$work/cmetl"; install -d -o "$account" "$work/home"
trap 'status=$?; HOME=$work "$work/cmetl/cmetl" "Remove-CmSandbox $work/pg -Confirm:\$false" > /dev/null 2>&1; rm -rf "$work"; userdel "$account"; exit $status' EXIT

echo '== Server, roles, ledger'
HOME=$work "$work/cmetl/cmetl" "New-CmSandbox -Path $work/pg -Visits 8000 -Persist" > /dev/null 2>&1
IFS=: read -r host port _ super password < "$work/pg/pgpass"
sql() { PGPASSWORD=$password psql -X -q -At -v ON_ERROR_STOP=1 -h "$host" -p "$port" -U "$super" -d cmetl "$@" 2> /dev/null; }
as() { # role, command: what the user types
    (cd "$work/home" && exec runuser -u "$account" -- env -i HOME="$work/home" PATH=/usr/bin:/bin POSTGRES_HOST="$host" POSTGRES_PORT="$port" POSTGRES_DATABASE=cmetl \
        POSTGRES_USER="$1" CMETL_TARGET_CHUNK_SIZE=400 CMETL_LEASE_SECONDS=5 "$work/cmetl/cmetl" "$2")
}
passwords() { # of the worker
    printf '*:*:*:cm_tables:t\n*:*:*:cm_owner:o\n*:*:*:cm_operator:p\n*:*:*:cm_worker:%s\n' "$1" > "$work/home/.pgpass"
    chown "$account" "$work/home/.pgpass"; chmod 600 "$work/home/.pgpass"
}
sql -c 'DROP SCHEMA cm_etl CASCADE; DROP INDEX conflict.conflictvisitmaps_cm_etl_chunk, analytics.dimpatientaddress_cm_etl_patient'
sql -c "CREATE ROLE cm_tables LOGIN PASSWORD 't'; CREATE ROLE cm_owner LOGIN PASSWORD 'o'; CREATE ROLE cm_worker LOGIN PASSWORD 'w'; CREATE ROLE cm_operator LOGIN PASSWORD 'p'"
sql -c "SELECT format('ALTER SCHEMA %I OWNER TO cm_tables;', nspname) FROM pg_namespace WHERE nspname IN ('conflict', 'analytics')
        UNION ALL SELECT format('ALTER TABLE %s OWNER TO cm_tables;', oid::regclass) FROM pg_class
                   WHERE relnamespace IN ('conflict'::regnamespace, 'analytics'::regnamespace) AND relkind IN ('r', 'p')" | sql -f -
sql -c 'GRANT CREATE ON DATABASE cmetl TO cm_owner'
passwords w
as cm_owner 'Initialize-CmEtlDatabase; Grant-CmEtlRole Worker cm_worker; Grant-CmEtlRole Operator cm_operator' > /dev/null
as cm_tables 'Initialize-CmEtlDatabase -Indexes; Grant-CmEtlRole Worker cm_worker; Grant-CmEtlRole Operator cm_operator' > /dev/null
sql -c "CREATE FUNCTION public.trouble() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END'"

slow() { sql -c 'CREATE TRIGGER trouble AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION public.trouble()'; }
quick() { sql -c 'DROP TRIGGER IF EXISTS trouble ON conflict.conflictvisitmaps'; }
load() { # what the night's load changes: some visits move, all are stamped
    sql -c "UPDATE analytics.factvisitcallperformance_cr SET \"Updated Datatimestamp\" = now(),
              \"Visit End Time\" = \"Visit End Time\" + CASE WHEN hashtext(\"Visit Id\" || '$1') % 50 = 0 THEN interval '5 min' ELSE interval '0' END"
}
start() { as cm_worker 'Start-CmEtl -Wait' > "$work/out" 2> "$work/log"; }
working() { for _ in $(seq 300); do [ "$(sql -c "SELECT count(*) FROM cm_etl.chunk WHERE state = 'processing'")" != 0 ] && return; sleep 0.1; done; return 1; }
expect() { # code, text of the log
    [ "$code" = "$1" ] && grep -q -- "$2" "$work/log" "$work/out" || { echo "night $night: exit code $code instead of $1, or no '$2':"; cat "$work/log" "$work/out"; exit 1; }
    grep -m1 -h -- "$2" "$work/log" "$work/out" | cut -c1-150 | sed 's/^/    /'
}
try() { code=0; start || code=$?; }

for night in $(seq 30); do
    sleep "$pause"; load "$night"
    case $night in
    3)  echo "night $night: a table was made again and its grants are gone"; sql -c 'REVOKE ALL ON analytics.dimoffice FROM cm_worker'
        try; expect 3 'As cm_tables: Grant-CmEtlRole -Role Worker -To cm_worker'; as cm_tables 'Grant-CmEtlRole -Role Worker -To cm_worker' > /dev/null ;;
    5)  echo "night $night: the password was changed"; passwords wrong; try; expect 3 'Check the user, the password'; passwords w ;;
    8)  echo "night $night: the load did not run"; sql -c "UPDATE analytics.factvisitcallperformance_cr SET \"Updated Datatimestamp\" = now() - interval '3 days'"
        try; expect 11 'max_analytics_age_hours'; load "$night" ;;
    11) echo "night $night: the operator stops it"; slow; { try; echo "$code" > "$work/code"; } & working
        as cm_operator "Stop-CmEtl -Reason 'maintenance'" > /dev/null 2>&1; wait $!; code=$(cat "$work/code"); quick; expect 6 maintenance ;;
    14) echo "night $night: it is killed"; slow; { start || true; } & working; pkill -9 -u "$account" -f 'cmetl' || true; wait $! || true; quick ;;
    17) echo "night $night: the server restarts"; slow; { try; echo "$code" > "$work/code"; } & working
        runuser -u postgres -- "$(ls -d /usr/lib/postgresql/*/bin | tail -1)/pg_ctl" -D "$work/pg/data" -w -m immediate restart > /dev/null 2>&1
        quick; wait $!; code=$(cat "$work/code"); expect 0 'waiting for the server' ;;
    20) echo "night $night: the disk is full"; sql -c "CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''full'' USING ERRCODE = ''53100''; END';
            CREATE TRIGGER trouble BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION public.full()"
        try; quick; expect 5 'disk' ;;
    23) echo "night $night: half of the load is missing"; sql -c 'CREATE TABLE public.saved AS SELECT * FROM analytics.factvisitcallperformance_cr WHERE hashtext("Visit Id") % 3 <> 0;
            DELETE FROM analytics.factvisitcallperformance_cr WHERE hashtext("Visit Id") % 3 <> 0'
        try; sql -c 'INSERT INTO analytics.factvisitcallperformance_cr SELECT * FROM public.saved; DROP TABLE public.saved'; expect 9 'not plausible' ;;
    26) echo "night $night: another start beside it"; slow; { start || true; } & working; sleep 1
        code=0; as cm_worker 'Start-CmEtl -Wait' > "$work/out2" 2> "$work/log2" || code=$?
        quick; wait $! || true; cp "$work/log2" "$work/log"; expect 4 'is active on schema conflict' ;;
    esac
    try; expect 0 'Completed'
done
as cm_operator 'Get-CmEtlStatus -Last 40'
echo '30 nights'
