namespace CmEtl.Engine.Tests.Engine;

/// <summary>Rights granted by owners who own only a part of the objects.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class GrantTests(EngineServer server)
{
    [Theory]
    [InlineData(EtlRole.Worker)]
    [InlineData(EtlRole.Operator)]
    public async Task Each_owner_grants_its_part_and_learns_the_owners_of_the_others(EtlRole role)
    {
        await using var database = await server.CopyAsync();
        var (tables, to) = ($"tables_of_{database.Settings.Database}", $"new_in_{database.Settings.Database}");
        await GiveAsync(database, tables, to);

        var parts = await As(database, tables).GrantAsync(role, to, CancellationToken.None);

        Assert.Equal([("schema conflict", true), ("schema analytics", true), ("schema cm_etl", false), ("the server", false)], parts.Select(p => (p.On, p.Granted)));
        Assert.Equal($"As {database.Owner.User}: grant {role} rights to {to}", parts[2].Remedy);
        Assert.StartsWith("As a superuser: ", parts[3].Remedy, StringComparison.Ordinal);
        Assert.All(await database.Engine(_ => database.Owner).GrantAsync(role, to, CancellationToken.None), p => Assert.True(p.Granted));
    }

    [Fact]
    public async Task A_role_without_objects_learns_who_can_grant()
    {
        await using var database = await server.CopyAsync();
        var (tables, to) = ($"tables_of_{database.Settings.Database}", $"new_in_{database.Settings.Database}");
        await GiveAsync(database, tables, to);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => As(database, to).GrantAsync(EtlRole.Worker, to, CancellationToken.None));

        Assert.Equal(ErrorIds.NotTheOwner, error.ErrorId);
        Assert.Contains($"Rights on schema conflict: As {tables}: grant Worker rights to {to}.", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_ledger_the_tables_are_granted_and_the_ledger_is_named()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("DROP SCHEMA cm_etl CASCADE");

        var parts = await database.Engine(_ => database.Owner).GrantAsync(EtlRole.Worker, EngineServer.Worker, CancellationToken.None);

        Assert.Equal([true, true, false, true], parts.Select(p => p.Granted));
        Assert.StartsWith("Create the ledger, then as its owner: grant Worker rights to", parts[2].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_quoted_where_it_has_to_be()
    {
        await using var database = await server.CopyAsync();
        const string Role = "Mr. \"o'Neill\"";
        var quoted = SqlLibrary.Quote(Role);
        await database.ExecuteAsync($"CREATE ROLE {quoted} LOGIN");
        try
        {
            Assert.All(await database.Engine(_ => database.Owner).GrantAsync(EtlRole.Worker, Role, CancellationToken.None),
                p => Assert.True(p.Granted));
            Assert.Equal("(t)", await database.TextAsync("SELECT has_table_privilege('Mr. \"o''Neill\"', 'cm_etl.run', 'INSERT')"));
        }
        finally
        {
            await database.ExecuteAsync($"DROP OWNED BY {quoted}; DROP ROLE {quoted}");
        }
    }

    [Fact]
    public async Task Missing_rights_of_a_role_that_does_not_run_the_pipeline_are_not_proposed()
    {
        await using var database = await server.CopyAsync();

        var finding = Assert.Single(
            await database.Engine(s => s with { User = EngineServer.Operator }).CheckAsync(CancellationToken.None), f =>
                f.Severity == FindingSeverity.Error);

        Assert.Equal("Use the worker's role for this.", finding.Remedy);
        Assert.DoesNotContain("GRANT", finding.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static EtlEngine As(EngineDatabase database, string role) => database.Engine(s => s with { User = role });

    // The tables get their own owner, and the ledger keeps the owner of the sandbox. Roles belong to the whole server.
    private static Task<int> GiveAsync(EngineDatabase database, string tables, string to) => database.ExecuteAsync($$"""
        CREATE ROLE {{tables}} LOGIN PASSWORD '{{RoleScript.Password}}'; CREATE ROLE {{to}} LOGIN PASSWORD '{{RoleScript.Password}}';
        DO $$
        DECLARE
          name text;
        BEGIN
          FOR name IN
            SELECT format('%s %s', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
              FROM pg_class AS c
             WHERE c.relnamespace IN ('conflict'::regnamespace, 'analytics'::regnamespace) AND c.relkind IN ('r', 'p', 'S')
               AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass)
          LOOP
            EXECUTE format('ALTER %s OWNER TO {{tables}}', name);
          END LOOP;
        END $$;
        ALTER SCHEMA conflict OWNER TO {{tables}}; ALTER SCHEMA analytics OWNER TO {{tables}};
        """);
}
