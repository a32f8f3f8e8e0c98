using System.Text.RegularExpressions;
using CmEtl.Engine;
using CmEtl.Sandbox;
using Npgsql;

namespace CmEtl.Benchmarks;

/// <summary>
/// A sandbox that can be reset to its initial state, and the precomputed values that Task 02 writes, for each row that it writes.
/// </summary>
internal sealed partial class BenchDatabase : IAsyncDisposable
{
    private readonly PostgresSandbox _sandbox;

    private BenchDatabase(PostgresSandbox sandbox, NpgsqlConnection admin)
    {
        _sandbox = sandbox;
        Admin = admin;
    }

    public NpgsqlConnection Admin { get; }

    public long Rows => _sandbox.ConflictRows;

    /// <summary>SET clause of the lower limit: every column that Task 02 writes, from the precomputed table.</summary>
    public string Assignments { get; private set; } = "";

    public static async Task<BenchDatabase> StartAsync(int visits, CancellationToken cancel)
    {
        var sandbox = await PostgresSandbox.StartAsync(
            new SandboxOptions { Visits = visits }, new Progress<string>(Console.Error.WriteLine), cancel);
        var bench = new BenchDatabase(sandbox, new NpgsqlConnection(ConnectionString(sandbox)));
        try
        {
            await bench.Admin.OpenAsync(cancel);
            await bench.PrepareAsync(cancel);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public EtlSettings Settings(int connections, MarkMode mode = MarkMode.SinglePass) => new()
    {
        Host = _sandbox.Host, Port = _sandbox.Port, Database = _sandbox.Database, User = _sandbox.User, Password = _sandbox.Password,
        MaxConcurrency = connections, MarkMode = mode,
    };

    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(ConnectionString(_sandbox));
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>Restores the same rows in the same places, the same indexes, and an empty ledger.</summary>
    public Task RestoreAsync(int fillFactor, CancellationToken cancel) => Admin.ExecuteAsync(
        $"""
        TRUNCATE conflict.conflictvisitmaps, cm_etl.run CASCADE;
        ALTER TABLE conflict.conflictvisitmaps SET (fillfactor = {fillFactor});
        INSERT INTO conflict.conflictvisitmaps SELECT * FROM bench.start;
        """, cancel);

    /// <summary>
    /// The first ID of each of <paramref name="parts"/> equal parts of the rows that Task 02 writes, and a last one after them.
    /// </summary>
    public async Task<IReadOnlyList<decimal>> CutsAsync(int parts, CancellationToken cancel) => await Admin.QueryAsync(
        """
        SELECT min(id)::numeric FROM (SELECT "ID" AS id, ntile(@parts) OVER (ORDER BY "ID") AS n FROM bench.computed) AS t GROUP BY n
        UNION ALL SELECT max("ID")::numeric + 1 FROM bench.computed ORDER BY 1
        """, r => r.GetDecimal(0), cancel, ("parts", parts));

    public async ValueTask DisposeAsync()
    {
        await Admin.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private async Task PrepareAsync(CancellationToken cancel)
    {
        await Admin.ExecuteAsync("ALTER SYSTEM SET autovacuum = off", cancel);
        await Admin.ExecuteAsync(
            """
            SELECT pg_reload_conf(); SET synchronize_seqscans = off;
            CREATE SCHEMA bench; CREATE UNLOGGED TABLE bench.start AS TABLE conflict.conflictvisitmaps;
            """, cancel);
        await using var engine = new EtlEngine(Settings(2), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, cancel);
        var status = await engine.RunAsync(new StartRequest { New = true }, null, cancel);
        if (status.State != RunState.Completed)
        {
            throw new InvalidOperationException(status.Reason);
        }

        await using var parts = new EngineParts(Settings(1));
        var update = (await parts.Statements.GetAsync(cancel))["task02/update"];
        var columns = Target().Matches(update[..update.IndexOf("FROM cm_pair", StringComparison.Ordinal)]).Select(m => m.Groups[1].Value).ToList();
        Assignments = string.Join(", ", columns.Select(c => $"{c} = p.{c}"));
        await Admin.ExecuteAsync(
            $"""
            CREATE UNLOGGED TABLE bench.computed AS
              SELECT c."ID", c."UpdatedDate" IS NOT NULL AND c."UpdatedDate" >= r.started_at AT TIME ZONE 'UTC' AS confirmed,
                     {string.Join(", ", columns.Select(name => $"c.{name}"))}
                FROM conflict.conflictvisitmaps AS c
                JOIN bench.start AS s USING ("ID")
               CROSS JOIN cm_etl.run AS r
               WHERE c."UpdatedDate" >= r.started_at AT TIME ZONE 'UTC' OR (c."UpdateFlag" = 1 AND s."UpdateFlag" IS DISTINCT FROM 1);
            ALTER TABLE bench.computed ADD PRIMARY KEY ("ID");
            """, cancel);
        await Admin.ExecuteAsync("VACUUM (ANALYZE) bench.computed", cancel);
    }

    private static string ConnectionString(PostgresSandbox sandbox) => new NpgsqlConnectionStringBuilder
    {
        Host = sandbox.Host, Port = sandbox.Port, Database = sandbox.Database, Username = sandbox.User, Password = sandbox.Password,
        Pooling = false, CommandTimeout = 0, Timezone = "UTC", Options = "-c jit=off",
    }.ConnectionString;

    [GeneratedRegex("""(?:\bSET|,)\s+("\w+") = """)]
    private static partial Regex Target();
}
