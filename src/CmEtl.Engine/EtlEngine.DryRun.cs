namespace CmEtl.Engine;

/// <content>The dry run.</content>
public sealed partial class EtlEngine
{
    /// <summary>
    /// Executes every chunk of a plan and rolls it back, to show what a run would do. Writes nothing: no row, no mark, no snapshot, no run
    /// in the ledger. Throws when the preflight fails or a run is active.
    /// </summary>
    /// <param name="phase">How the window is planned.</param>
    /// <param name="progress">Called after each chunk, from worker threads.</param>
    /// <param name="cancel">Stops the statements on the server.</param>
    public Task<DryRunResult> DryRunAsync(Phase phase, IProgress<DryRunResult>? progress, CancellationToken cancel) =>
        GuardAsync("Dry run", async () =>
    {
        await RefuseAsync(cancel);
        // These settings distinguish equal rows from rows that would change, and write no row twice.
        var settings = Settings with { MarkMode = MarkMode.SinglePass, SkipUnchanged = true, Delta = false };
        var statements = new ChunkStatements(settings, _database, _sql);
        var processor = new ChunkProcessor(settings, _database, _chunks, statements, _log);
        return await new DryRunner(settings, _runs, _planner, processor, _database).RunAsync(phase, progress, cancel);
    });
}
