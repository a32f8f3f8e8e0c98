using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A role that is not a superuser. Limits and privileges do not apply to the sandbox's own role.</summary>
internal sealed class PlainRole : IAsyncDisposable
{
    private readonly EngineDatabase _database;

    private PlainRole(EngineDatabase database) => _database = database;

    public const string Name = "plain";

    private const string Password = "plain";

    /// <param name="database">The database in which it gets all rights that the engine needs.</param>
    /// <param name="connections">Maximum number of connections; -1 for no limit.</param>
    public static async Task<PlainRole> CreateAsync(EngineDatabase database, int connections = -1)
    {
        await database.ExecuteAsync($"CREATE ROLE {Name} LOGIN PASSWORD '{Password}' CONNECTION LIMIT {connections}");
        foreach (var schema in (string[])["conflict", "analytics", "cm_etl"])
        {
            await database.ExecuteAsync(
                $"""
                GRANT USAGE ON SCHEMA {schema} TO {Name};
                GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {Name};
                GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema} TO {Name}
                """);
        }

        return new PlainRole(database);
    }

    public static EtlSettings Apply(EtlSettings settings) => settings with { User = Name, Password = Password };

    public async ValueTask DisposeAsync()
    {
        await _database.CloseEnginesAsync();
        await _database.ExecuteAsync($"DROP OWNED BY {Name}; DROP ROLE {Name}");
    }
}
