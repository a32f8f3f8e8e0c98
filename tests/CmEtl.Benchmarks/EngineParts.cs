using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Benchmarks;

/// <summary>The parts of the engine, so that one step can be measured without the others.</summary>
internal sealed class EngineParts : IAsyncDisposable
{
    public EngineParts(EtlSettings settings)
    {
        Settings = settings;
        Database = new Database(settings);
        Sql = new SqlLibrary(new Dictionary<string, string>
        {
            ["conflict"] = settings.ConflictSchema, ["analytics"] = settings.AnalyticsSchema, ["ledger"] = settings.LedgerSchema,
        });
        Runs = new RunLedger(settings, Database, Sql);
        Chunks = new ChunkLedger(settings, Database, Sql);
        Statements = new ChunkStatements(settings, Database, Sql);
        Planner = new ChunkPlanner(settings, Runs, Database, Statements, new DeltaLook(settings, Database, Statements, NullLogger.Instance), Sql, NullLogger.Instance);
        Processor = new ChunkProcessor(settings, Database, Chunks, Statements, NullLogger.Instance);
        Worker = new ChunkWorker(settings, Runs, Chunks, Processor, new Outage(settings, Database, Sql, NullLogger.Instance), NullLogger.Instance);
        Task01 = new Task01(settings, Runs, Database, Sql, NullLogger.Instance);
    }

    public EtlSettings Settings { get; }

    public Database Database { get; }

    public SqlLibrary Sql { get; }

    public RunLedger Runs { get; }

    public ChunkLedger Chunks { get; }

    public ChunkStatements Statements { get; }

    public ChunkPlanner Planner { get; }

    public ChunkProcessor Processor { get; }

    public ChunkWorker Worker { get; }

    public Task01 Task01 { get; }

    public async Task<RunRow> BeginAsync(Phase phase, CancellationToken cancel) =>
        (await Runs.BeginAsync(new StartRequest { Phase = phase, New = true }, cancel)).Run;

    public async Task<RunRow> PlanAsync(Phase phase, CancellationToken cancel)
    {
        var run = await BeginAsync(phase, cancel);
        await Planner.StoreAsync(run, cancel);
        return await Runs.ReadAsync(run.RunId, cancel);
    }

    /// <summary>Processes all chunks of the run, on as many connections as the settings say.</summary>
    public async Task WorkAsync(RunRow run, CancellationToken cancel)
    {
        // It is not started, so it lets all workers pass.
        using var gauge = new PressureGauge(Settings, Database, Sql, Runs, NullLogger.Instance);
        await Task.WhenAll(Enumerable.Range(0, Settings.MaxConcurrency).Select(n => Worker.RunAsync(run, n, gauge, cancel)));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
