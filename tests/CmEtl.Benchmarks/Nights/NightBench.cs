using System.Diagnostics;
using CmEtl.Engine;
using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Benchmarks;

/// <summary>
/// A database after two delta runs. Each night uses two copies of it: one is refreshed by a full run, the other by a delta run, one after
/// the other, and the tables are compared.
/// </summary>
internal sealed class NightBench(PostgresSandbox sandbox, int connections, int keys) : IAsyncDisposable
{
    // A hash of every value but UpdatedDate, without order: a text of 500,000 rows of 246 columns takes minutes.
    private const string Compare =
        """
        SELECT format('SELECT count(*)::text || sum(hash_record_extended(ROW(%s), 0)) FROM conflict.conflictvisitmaps',
                      string_agg(quote_ident(attname), ', ' ORDER BY attnum))
          FROM pg_attribute
         WHERE attrelid = 'conflict.conflictvisitmaps'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'UpdatedDate'
        """;

    private string? _state;

    public static async Task<NightBench> StartAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var sandbox = await PostgresSandbox.StartAsync(
            // A quarter of the memory, as PostgreSQL recommends. With less, each chunk copies its pages from the memory of the operating system.
            new SandboxOptions
            {
                Visits = options.Visits, PostgresBin = options.PostgresBin,
                SharedBuffersMegabytes = (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 22),
            },
            new Progress<string>(Console.Error.WriteLine), cancel);
        var bench = new NightBench(sandbox, options.Connections, options.Keys);
        await bench.ExecuteAsync("postgres", "ALTER SYSTEM SET autovacuum = off", cancel);
        await bench.ExecuteAsync("postgres", "ALTER SYSTEM SET max_wal_size = '16GB'", cancel);
        await bench.ExecuteAsync("postgres", "SELECT pg_reload_conf()", cancel);
        await using (var engine = new EtlEngine(bench.Settings(sandbox.Database, delta: true), NullLoggerFactory.Instance))
        {
            await engine.InitializeAsync(indexes: true, cancel);
            // The first run moves rows to their current days, so only the second finds the ranges of the previous run.
            for (var i = 0; i < 2; i++)
            {
                Require(await engine.RunAsync(new StartRequest { New = true }, null, cancel));
            }
        }

        await bench.ExecuteAsync(sandbox.Database, "VACUUM (ANALYZE)", cancel);
        return bench;
    }

    public string Server { get; private set; } = "";

    /// <summary>Two samples, of the full run and of the delta run. They alternate in being first.</summary>
    public async IAsyncEnumerable<NightSample> MeasureAsync(Night night, int round)
    {
        _state = null;
        foreach (var delta in round % 2 == 0 ? (bool[])[true, false] : [false, true])
        {
            await ExecuteAsync("postgres", "DROP DATABASE IF EXISTS night", CancellationToken.None);
            await ExecuteAsync("postgres",
                $"CREATE DATABASE night TEMPLATE {sandbox.Database}{(await VersionAsync() >= 15 ? " STRATEGY FILE_COPY" : "")}",
                CancellationToken.None);
            await ExecuteAsync("night", string.Join(";\n", night.Statements), CancellationToken.None);
            await ExecuteAsync("night", "VACUUM (ANALYZE)", CancellationToken.None);
            await ExecuteAsync("night", "CHECKPOINT", CancellationToken.None);
            yield return await RunAsync(night, round, delta, CancellationToken.None);

            var state = await ReadAsync<string>("night", await ReadAsync<string>("night", Compare));
            if ((_state ??= state) != state)
            {
                throw new InvalidOperationException($"{night.Name}: the tables of the full run and of the run with delta differ.");
            }
        }
    }

    private async Task<NightSample> RunAsync(Night night, int round, bool delta, CancellationToken cancel)
    {
        await using var engine = new EtlEngine(Settings("night", delta), NullLoggerFactory.Instance);
        await using var parts = new EngineParts(Settings("night", delta));
        var runId = (await engine.BeginAsync(new StartRequest { New = true }, cancel)).RunId;
        var task01 = await TimeAsync(() => engine.RunTask01Async(runId, cancel));
        var wal = await WalAsync();
        var plan = await TimeAsync(() => engine.PlanAsync(runId, cancel));
        var run = await parts.Runs.ReadAsync(runId, cancel);
        var chunks = await TimeAsync(async () =>
        {
            await parts.WorkAsync(run, cancel);
            return true;
        });
        var status = run.ToString();
        var verify = await TimeAsync(async () => status = Require(await engine.FinishAsync(runId, cancel)));
        var (rows, written) = (
            await ReadAsync<long>("night",
                $"SELECT rows_confirmed + rows_unconfirmed + rows_deferred FROM cm_etl.run WHERE run_id = '{runId}'"),
            await ReadAsync<long>("night", $"SELECT rows_confirmed - rows_unchanged FROM cm_etl.run WHERE run_id = '{runId}'"));
        return new(night.Name, round, delta, task01, plan, chunks, verify, await WalAsync() - wal, written, rows);
    }

    private EtlSettings Settings(string database, bool delta) => new()
    {
        Host = sandbox.Host, Port = sandbox.Port, Database = database, User = sandbox.User, Password = sandbox.Password,
        MaxConcurrency = connections, MaxKeysPerChunk = keys,
        MarkMode = MarkMode.SinglePass, Delta = delta, MaxUnconfirmedPercent = 100, MaxUnconfirmedGrowth = 100, MaxAnalyticsAgeHours = 0,
    };

    private static string Require(EtlStatus status) =>
        status.State == RunState.Completed ? status.RunId : throw new InvalidOperationException(status.Reason);

    private static async Task<double> TimeAsync<T>(Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private Task<long> WalAsync() => ReadAsync<long>("postgres", "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");

    private async Task<int> VersionAsync()
    {
        Server = await ReadAsync<string>("postgres", "SHOW server_version");
        return await ReadAsync<int>("postgres", "SELECT current_setting('server_version_num')::integer") / 10_000;
    }

    private async Task ExecuteAsync(string database, string statements, CancellationToken cancel)
    {
        if (statements.Length > 0)
        {
            await using var connection = await OpenAsync(database, cancel);
            await connection.ExecuteAsync(statements, cancel);
        }
    }

    private async Task<T> ReadAsync<T>(string database, string query)
    {
        await using var connection = await OpenAsync(database, CancellationToken.None);
        return (await connection.QueryAsync(query, r => r.GetFieldValue<T>(0), CancellationToken.None)).Single();
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = sandbox.Host, Port = sandbox.Port, Database = database, Username = sandbox.User, Password = sandbox.Password,
            Pooling = false, CommandTimeout = 0,
            Timezone = "UTC",
        }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();
}
