using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The steps of a run as separate calls, for tests that act between two of them.</summary>
internal sealed class Parts : IAsyncDisposable
{
    private readonly Database _database;

    public Parts(EtlSettings settings)
    {
        _database = new Database(settings);
        var sql = new SqlLibrary(new Dictionary<string, string>
        {
            ["conflict"] = settings.ConflictSchema, ["analytics"] = settings.AnalyticsSchema, ["ledger"] = settings.LedgerSchema,
        });
        var log = NullLogger.Instance;
        var statements = new ChunkStatements(settings, _database, sql);
        Runs = new RunLedger(settings, _database, sql);
        var delta = new DeltaLook(settings, _database, statements, log);
        var planner = new ChunkPlanner(settings, Runs, _database, statements, delta, sql, log);
        Chunks = new ChunkLedger(settings, _database, sql);
        Repair = new StuckRowRepair(Runs, new WorkerSessions(settings, _database, sql, log), _database, sql, statements, log);
        var status = new StatusReader(settings, _database, sql);
        var verifier = new RunVerifier(settings, Runs, Chunks, statements, _database, sql, planner, delta, status, new Plausibility(settings, sql),
            log);
        var history = new HistoryKeeper(settings, Runs, _database, sql, log);
        Steps = new RunSteps(
            Runs, new Task01(settings, Runs, _database, sql, log), planner, verifier, Repair, history,
            new Outage(settings, _database, sql, log), log);
    }

    public RunLedger Runs { get; }

    public ChunkLedger Chunks { get; }

    public StuckRowRepair Repair { get; }

    public RunSteps Steps { get; }

    public Task<NpgsqlConnection> OpenAsync() => _database.OpenAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
