using CmEtl.Engine;
using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Lambda.Tests;

/// <summary>A private server with generated data and a ledger. Each test works on its own copy.</summary>
public sealed class DataServer : IAsyncLifetime
{
    private readonly Dictionary<(Phase, DateOnly), List<string>> _inProcess = [];
    private int _copies;

    public PostgresSandbox Sandbox { get; private set; } = null!;

    /// <summary>All SSNs of the data, to verify that none occurs elsewhere.</summary>
    public IReadOnlySet<string> Ssns { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Sandbox = await PostgresSandbox.StartAsync(new SandboxOptions { Visits = 4_000 }, null, default);
        var owner = Settings(Sandbox.Database) with { User = Sandbox.User, Password = Sandbox.Password };
        await using (var engine = new EtlEngine(owner, NullLoggerFactory.Instance))
        {
            await engine.InitializeAsync(indexes: true, default);
        }

        await using var data = Open(Sandbox.Database);
        await using (var connection = await data.OpenConnectionAsync())
        {
            await RoleScript.CreateWorkerAsync(connection);
        }

        Ssns = (await ReadAsync<string>(data, """
            SELECT DISTINCT trim(s) FROM (
              SELECT "SSN" FROM analytics.dimcaregiver UNION SELECT "SSN" FROM conflict.conflictvisitmaps
              UNION SELECT "AideSSN" FROM conflict.conflictvisitmaps UNION SELECT "ConAideSSN" FROM conflict.conflictvisitmaps) AS x(s)
             WHERE length(trim(s)) = 9
            """)).ToHashSet();
        Assert.NotEmpty(Ssns);
    }

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();

    /// <summary>Creates a copy of the data.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CopyAsync()
    {
        var name = $"copy_{Interlocked.Increment(ref _copies)}";
        NpgsqlConnection.ClearAllPools();
        await using var admin = Open("postgres");
        await ReadAsync<int>(admin, $"CREATE DATABASE {name} TEMPLATE {Sandbox.Database}");
        return name;
    }

    /// <summary>The conflict table after a run in process on another copy of the data. On one day it is always the same.</summary>
    public async Task<List<string>> InProcessAsync(Phase phase)
    {
        var key = (phase, DateOnly.FromDateTime(DateTime.UtcNow));
        if (!_inProcess.TryGetValue(key, out var table))
        {
            var copy = await CopyAsync();
            await using var engine = new EtlEngine(Settings(copy), NullLoggerFactory.Instance);
            Assert.Equal(RunState.Completed, (await engine.RunAsync(new StartRequest { Phase = phase }, null, default)).State);
            await using var data = Open(copy);
            _inProcess[key] = table = await World.TableAsync(data);
        }

        return table;
    }

    /// <summary>Settings for connections of the owner.</summary>
    public NpgsqlDataSource Open(string database) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
    {
        Host = Sandbox.Host, Port = Sandbox.Port, Database = database, Username = Sandbox.User, Password = Sandbox.Password, Timezone = "UTC",
    });

    /// <summary>Settings for connections of the worker, as in <see cref="Environment"/>.</summary>
    public EtlSettings Settings(string database) => SettingsLoader.Load(environment: Environment(database));

    /// <summary>The worker's settings as environment variables: small chunks, so that there are several, and short leases.</summary>
    public Dictionary<string, string> Environment(string database) => new()
    {
        ["POSTGRES_HOST"] = Sandbox.Host, ["POSTGRES_PORT"] = $"{Sandbox.Port}", ["POSTGRES_DATABASE"] = database,
        ["POSTGRES_USER"] = RoleScript.Worker, ["POSTGRES_PASSWORD"] = RoleScript.Password, ["CMETL_TARGET_CHUNK_SIZE"] = "150",
        ["CMETL_MAX_CHUNK_SIZE"] = "300", ["CMETL_LEASE_SECONDS"] = "3",
    };

    public static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }
}
