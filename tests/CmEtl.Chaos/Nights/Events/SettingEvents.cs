namespace CmEtl.Chaos.Nights.Events;

/// <summary>Settings that are stored for the role or the database. New sessions use them, unless the engine overrides them.</summary>
internal static class SettingEvents
{
    public static IEnumerable<EventKind> All { get; } =
    [
        new("setting: hostile value", 14, EventTime.Anytime, HostileAsync),
        new("setting: functions of another schema", 4, EventTime.Before, ForeignFunctionAsync),
        new("setting: read-only for a while", 3, EventTime.During, async (n, e) =>
        {
            await n.DefineAsync($"ALTER DATABASE {n.Database.Name} SET default_transaction_read_only = on; SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cm_etl'");
            n.Opened();
            await Task.Delay(e.Milliseconds * 3);
            await n.DefineAsync($"ALTER DATABASE {n.Database.Name} RESET default_transaction_read_only");
        }),
    ];

    private static readonly (string Name, string Value)[] Hostile =
    [
        ("standard_conforming_strings", "off"), ("DateStyle", "'German, DMY'"), ("DateStyle", "'SQL, DMY'"), ("IntervalStyle", "sql_standard"), ("extra_float_digits", "-15"),
        ("bytea_output", "escape"), ("client_encoding", "latin1"), ("row_security", "off"), ("transform_null_equals", "on"), ("array_nulls", "off"),
        ("default_transaction_isolation", "serializable"), ("default_transaction_isolation", "'read uncommitted'"), ("default_transaction_deferrable", "on"),
        ("default_transaction_read_only", "on"), ("timezone", "'Pacific/Kiritimati'"), ("statement_timeout", "50"), ("lock_timeout", "5"),
        ("idle_in_transaction_session_timeout", "20"), ("search_path", "''"), ("search_path", "'\"$user\", analytics, conflict'"), ("xmlbinary", "hex"), ("xmloption", "document"),
        ("enable_nestloop", "off"), ("enable_hashjoin", "off"), ("enable_indexscan", "off"), ("enable_seqscan", "off"), ("enable_material", "off"), ("enable_sort", "off"),
        ("enable_tidscan", "off"), ("enable_partition_pruning", "off"), ("constraint_exclusion", "on"),
        ("join_collapse_limit", "1"), ("from_collapse_limit", "1"), ("geqo_threshold", "2"), ("work_mem", "'64kB'"), ("temp_buffers", "'800kB'"), ("plan_cache_mode", "force_custom_plan"),
        ("synchronous_commit", "off"), ("session_replication_role", "replica"), ("quote_all_identifiers", "on"), ("backslash_quote", "off"), ("escape_string_warning", "off"),
        ("lc_numeric", "'C'"), ("gin_fuzzy_search_limit", "1"), ("max_parallel_workers_per_gather", "4"), ("force_parallel_mode", "on"), ("cursor_tuple_fraction", "0.0001"),
        ("default_toast_compression", "pglz"), ("idle_session_timeout", "60"), ("check_function_bodies", "off"), ("temp_tablespaces", "''"), ("default_tablespace", "''"),
        ("seq_page_cost", "1e9"), ("cpu_tuple_cost", "1e9"), ("jit", "on"), ("lo_compat_privileges", "on"), ("parallel_leader_participation", "off"), ("commit_siblings", "0"),
    ];

    private static Task HostileAsync(Night night, NightEvent e)
    {
        var (name, value) = Hostile[e.Choice / 2 % Hostile.Length];
        var whose = e.Choice % 2 == 0 ? $"ALTER DATABASE {night.Database.Name}" : $"ALTER ROLE cm_worker IN DATABASE {night.Database.Name}";
        night.Count($"setting {name}");
        night.Repair($"{whose} RESET {name}");
        return night.DefineAsync($"{whose} SET {name} = {value}");
    }

    private static Task ForeignFunctionAsync(Night night, NightEvent e)
    {
        var function = (e.Choice % 6) switch
        {
            0 => "round(numeric, integer) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT 0::numeric'",
            1 => "trim(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$",
            2 => "btrim(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$",
            3 => "replace(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '0,0' $$",
            4 => "texteq(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT false $$",
            _ => "sin(double precision) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT 0.0::float8'",
        };
        var whose = e.Choice % 2 == 0 ? $"ALTER DATABASE {night.Database.Name}" : $"ALTER ROLE cm_worker IN DATABASE {night.Database.Name}";
        night.Repair($"{whose} RESET search_path; DROP FUNCTION IF EXISTS public.{function[..(function.IndexOf(')', StringComparison.Ordinal) + 1)]}");
        return night.DefineAsync($"CREATE OR REPLACE FUNCTION public.{function}; GRANT USAGE ON SCHEMA public TO PUBLIC; {whose} SET search_path = public, pg_catalog, pg_temp");
    }
}
