using CmEtl.Engine.Tests.Engine;
using Npgsql;

namespace CmEtl.Engine.Tests.Session;

/// <summary>Settings of a role or database have no effect, because every relevant setting is fixed on every connection.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class PinnedSessionTests(EngineServer server)
{
    /// <summary>
    /// Replacements for objects that the statements call by name, in the schema that a hostile search_path begins with. Each leaves a
    /// trace.
    /// </summary>
    private const string Decoys = """
        CREATE TABLE public.loot (what text);
        GRANT INSERT ON public.loot TO PUBLIC;
        CREATE FUNCTION public.loot(what text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.loot VALUES (what); RETURN true; END $$;
        CREATE FUNCTION public.left(varchar, integer) RETURNS text LANGUAGE sql AS $$ SELECT CASE WHEN public.loot('left') THEN 'x' END $$;
        CREATE FUNCTION public.replace(varchar, text, text) RETURNS text LANGUAGE sql AS $$ SELECT CASE WHEN public.loot('replace') THEN '0,0' END $$;
        CREATE FUNCTION public.round(double precision, integer) RETURNS numeric LANGUAGE sql AS $$ SELECT CASE WHEN public.loot('round') THEN 1 END $$;
        CREATE FUNCTION public.hashtextextended(text, integer) RETURNS bigint LANGUAGE sql AS $$ SELECT CASE WHEN public.loot('hash') THEN 1 END $$;
        CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT CASE WHEN public.loot('clock') THEN 'epoch'::timestamptz END $$;
        CREATE FUNCTION public.pg_backend_pid() RETURNS integer LANGUAGE sql AS $$ SELECT CASE WHEN public.loot('pid') THEN 1 END $$;
        CREATE FUNCTION public.same(varchar, varchar) RETURNS boolean LANGUAGE sql AS $$ SELECT public.loot('=') $$;
        CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.same);
        CREATE FUNCTION public.same(text, uuid) RETURNS boolean LANGUAGE sql AS $$ SELECT public.loot('=') $$;
        CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = uuid, FUNCTION = public.same);
        CREATE FUNCTION public.same(date, date) RETURNS boolean LANGUAGE sql AS $$ SELECT public.loot('>=') $$;
        CREATE OPERATOR public.>= (LEFTARG = date, RIGHTARG = date, FUNCTION = public.same);
        CREATE DOMAIN public.date AS text;
        CREATE TABLE public.cm_claimed (part oid);
        CREATE TABLE public.cm_visit (visit_id text);
        CREATE VIEW public.pg_settings AS SELECT 'search_path'::text AS name;
        CREATE VIEW public.pg_attribute AS SELECT 1 AS attrelid;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC;
        """;

    [Theory]
    [InlineData("ALTER DATABASE {0} SET {2} = {3}")]
    [InlineData("ALTER ROLE {1} SET {2} = {3}")]
    public async Task Hostile_settings_of_role_or_database_change_nothing(string statement)
    {
        await using var plain = await server.CopyAfterRunAsync();
        await using var database = await server.CopyAsync();
        var role = await WorkerAsync(database);
        await database.ExecuteAsync(Decoys);
        foreach (var (name, value) in await HostileSetting.AllAsync(database))
        {
            var list = name is "search_path" or "DateStyle" ? value : $"'{value}'";
            await database.ExecuteAsync(statement.Replace("{0}", database.Settings.Database, StringComparison.Ordinal)
                .Replace("{1}", role, StringComparison.Ordinal).Replace("{2}", name, StringComparison.Ordinal)
                    .Replace("{3}", list, StringComparison.Ordinal));
        }

        await database.CompleteAsync(change: s => s with { User = role });

        Assert.Equal(await TableHash.OfPairsAsync(plain), await TableHash.OfPairsAsync(database));
        Assert.Equal(await TableHash.OfSnapshotAsync(plain), await TableHash.OfSnapshotAsync(database));
        Assert.Equal("", await database.ReadAsync<string>("SELECT coalesce(string_agg(DISTINCT what, ' '), '') FROM public.loot"));
    }

    [Fact]
    public async Task Each_setting_is_corrected()
    {
        await using var database = await server.CopyAsync();
        var role = await WorkerAsync(database);
        foreach (var (name, value) in await HostileSetting.AllAsync(database))
        {
            await database.ExecuteAsync($"ALTER ROLE {role} SET {name} = {(name is "search_path" or "DateStyle" ? value : $"'{value}'")}");
            await using var session = new Database(database.Settings with { User = role });
            await using var connection = await session.OpenAsync(default);
            Assert.Empty(await SessionSettings.DifferencesAsync(connection, database.Settings, default));
            await database.ExecuteAsync($"ALTER ROLE {role} RESET {name}");
        }
    }

    [Fact]
    public async Task A_pooled_connection_keeps_its_settings()
    {
        await using var database = await server.CopyAsync();
        await using var session = new Database(database.Settings);
        var backends = new HashSet<int>();
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await session.OpenAsync(default);
            backends.Add(connection.ProcessID);
            Assert.Empty(await SessionSettings.DifferencesAsync(connection, database.Settings, default));
        }

        Assert.Single(backends);
    }

    [Theory]
    [InlineData("session_replication_role", "replica")]
    [InlineData("zero_damaged_pages", "on")]
    public async Task A_setting_that_requires_a_superuser_is_a_finding_with_a_working_remedy(string name, string value)
    {
        await using var database = await server.CopyAsync();
        var role = await WorkerAsync(database);
        foreach (var place in (string[])[$"DATABASE {database.Settings.Database}", $"ROLE {role}", $"ROLE {role} IN DATABASE {database.Settings.Database}"])
        {
            await database.ExecuteAsync($"ALTER {place} SET {name} = {value}");
            var finding = Assert.Single(await CheckAsync(database, role), f => f.Check == "Session settings");
            Assert.Equal(FindingSeverity.Error, finding.Severity);
            Assert.Contains($"{name} is {value}", finding.Message, StringComparison.Ordinal);
            await database.ExecuteAsync(finding.Remedy);
            Assert.DoesNotContain(await CheckAsync(database, role), f => f.Check == "Session settings");
        }
    }

    [Fact]
    public async Task Row_security_is_an_error_and_not_fewer_rows()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("""
            ALTER TABLE analytics.dimuser ENABLE ROW LEVEL SECURITY;
            CREATE POLICY none ON analytics.dimuser FOR SELECT USING (false);
            """);
        await using var session = new Database(database.Settings);

        var error = await Assert.ThrowsAsync<PostgresException>(() => session.QueryAsync("SELECT count(*) FROM analytics.dimuser", r => r.GetInt64(0), default));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    private static async Task<IReadOnlyList<Finding>> CheckAsync(EngineDatabase database, string role)
    {
        await using var engine = new EtlEngine(database.Settings with { User = role }, database.Log);
        return await engine.CheckAsync(default);
    }

    // Settings of a role apply in all databases, so each test has its own role.
    private static async Task<string> WorkerAsync(EngineDatabase database)
    {
        var role = $"worker_of_{database.Settings.Database}";
        await RoleScript.ApplyAsync(database.Connection, "worker", role);
        return role;
    }
}
