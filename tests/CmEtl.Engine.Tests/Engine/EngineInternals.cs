namespace CmEtl.Engine.Tests.Engine;

/// <summary>The internal parts of the engine, connected as in EtlEngine, for tests of what a worker sees.</summary>
internal sealed class EngineInternals
{
    public EngineInternals(EtlSettings settings)
    {
        Database = new Database(settings);
        Sql = new SqlLibrary(new Dictionary<string, string>
        {
            ["conflict"] = settings.ConflictSchema, ["analytics"] = settings.AnalyticsSchema, ["ledger"] = settings.LedgerSchema,
        });
        Runs = new RunLedger(settings, Database, Sql);
        Chunks = new ChunkLedger(settings, Database, Sql);
    }

    public Database Database { get; }

    public SqlLibrary Sql { get; }

    public RunLedger Runs { get; }

    public ChunkLedger Chunks { get; }
}
