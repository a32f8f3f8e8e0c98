using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// One server for the tests of the engine. Each test works in a copy of its database, so that no test sees another's rows. The engine uses
/// a role that has only the rights of sql/roles/worker.sql.
/// </summary>
public class EngineServer : IAsyncLifetime
{
    public const string Worker = RoleScript.Worker;
    public const string Operator = "cm_operator";

    private const int Visits = 4_000;

    private PostgresSandbox sandbox = null!;
    private readonly HashSet<string> prepared = [];
    private int copies;

    /// <summary>The server's log.</summary>
    public string LogFile => Path.Combine(sandbox.Path, "server.log");

    public async Task InitializeAsync()
    {
        sandbox = await PostgresSandbox.StartAsync(new SandboxOptions { Visits = Visits, PostgresBin = await ProgramsAsync() }, null, CancellationToken.None);
        await using var engine = new EtlEngine(Owner(Settings(sandbox.Database)), NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, CancellationToken.None);
        await using var connection = await ConnectAsync(sandbox.Database);
        await RoleScript.CreateWorkerAsync(connection);
        await RoleScript.ApplyAsync(connection, "operator", Operator);
    }

    /// <summary>Folder of the server programs; null means the installed ones.</summary>
    protected virtual Task<string?> ProgramsAsync() => Task.FromResult<string?>(null);

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    /// <summary>A new database with the same rows and an empty ledger.</summary>
    public Task<EngineDatabase> CopyAsync() => CopyAsync(sandbox.Database);

    /// <summary>A copy in which a run has completed.</summary>
    public Task<EngineDatabase> CopyAfterRunAsync() => CopyAfterAsync("after_run", d => d.CompleteAsync());

    /// <summary>A copy of a database in which an action was performed, once for all tests that request it.</summary>
    public async Task<EngineDatabase> CopyAfterAsync(string name, Func<EngineDatabase, Task> prepare)
    {
        if (!prepared.Contains(name))
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {sandbox.Database}");
            await using var first = await EngineDatabase.OpenAsync(Settings(name), Owner(Settings(name)), () => Task.CompletedTask);
            await prepare(first);
            prepared.Add(name);
        }

        return await CopyAsync(name);
    }

    /// <summary>An empty database with the tables and the ledger, in an encoding that does not validate text.</summary>
    public async Task<EngineDatabase> CreateAsciiAsync()
    {
        const string Name = "unchecked";
        await ExecuteAsync($"CREATE DATABASE {Name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
        await using (var connection = await ConnectAsync(Name))
        {
            await SandboxSql.CreateSchemasAsync(connection, null, CancellationToken.None);
        }

        var database = await EngineDatabase.OpenAsync(Owner(Settings(Name)), Owner(Settings(Name)), () => ExecuteAsync($"DROP DATABASE {Name} WITH (FORCE)"));
        await using var engine = new EtlEngine(database.Owner, NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, CancellationToken.None);
        return database;
    }

    /// <summary>
    /// A copy of a database in its current state. Its engines and its connection are closed for it, and opened again at the next use.
    /// </summary>
    public async Task<EngineDatabase> CopyOfAsync(EngineDatabase database)
    {
        await database.CloseEnginesAsync();
        await database.Connection.CloseAsync();
        try
        {
            return await CopyAsync(database.Settings.Database);
        }
        finally
        {
            await database.Connection.OpenAsync();
        }
    }

    private async Task<EngineDatabase> CopyAsync(string template)
    {
        var name = $"copy_{Interlocked.Increment(ref copies)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return await EngineDatabase.OpenAsync(Settings(name), Owner(Settings(name)), () => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)"));
    }

    // Small chunks, two workers and no pause between attempts, because the tests are about order, not speed.
    private EtlSettings Settings(string database) => new()
    {
        Host = sandbox.Host, Port = sandbox.Port, Database = database, User = Worker, Password = RoleScript.Password,
        TargetChunkSize = 120, MaxConcurrency = 2, RetryIntervalSeconds = 0, RetryMaxAttempts = 1,
    };

    private EtlSettings Owner(EtlSettings settings) => settings with { User = sandbox.User, Password = sandbox.Password };

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync("postgres");
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = sandbox.Host, Port = sandbox.Port, Database = database, Username = sandbox.User, Password = sandbox.Password,
            Pooling = false, Timeout = 60, CommandTimeout = 300,
        };
        var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
