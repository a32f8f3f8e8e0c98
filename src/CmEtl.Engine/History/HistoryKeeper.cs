using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Keeps the ledger's history short and free of SSNs. Bounds of chunks are removed as soon as they are no longer needed
/// (sql/history/needed.sql), and old runs are deleted. Runs that can be resumed or reset, and baseline runs of delta runs, are kept.
/// </summary>
internal sealed class HistoryKeeper(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql, ILogger log)
{
    private readonly SqlLibrary _sql = sql.With(new Dictionary<string, string> { ["needed"] = SqlLibrary.File("history/needed") });

    /// <summary>Runs at the end of a completed run, but is not part of it: an error here is only a warning.</summary>
    public async Task TrimAsync(string runId, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            var bounds = await ClearBoundsAsync(connection, cancel);
            var cleared = settings.HistoryDays > 0
                ? await DeleteAsync(connection, TimeSpan.FromDays(settings.HistoryDays), bounds, cancel)
                : new(0, 0, 0, bounds);
            if (cleared.Runs > 0)
            {
                await RecordAsync(connection, runId, $"history_days {settings.HistoryDays}", cleared, cancel);
            }
        }
        catch (Exception error)
        {
            log.LogWarning("Old history could not be removed from the ledger: {Error}. The run is not affected.", ErrorClassifier.Describe(error));
        }
    }

    /// <param name="olderThan">Runs that ended at least this long ago are deleted.</param>
    /// <param name="commit">False only counts; the transaction is rolled back.</param>
    /// <param name="cancel">Stops the call. Nothing is removed then.</param>
    public async Task<HistoryCleared> ClearAsync(TimeSpan olderThan, bool commit, CancellationToken cancel)
    {
        var newest = await runs.ResolveAsync(null, cancel);
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var cleared = await DeleteAsync(connection, olderThan, 0, cancel);
        cleared = cleared with { RunsWithoutBounds = await ClearBoundsAsync(connection, cancel) };
        if (commit)
        {
            if (cleared.Runs > 0)
            {
                await RecordAsync(connection, newest, $"older than {olderThan.TotalDays:0.##} days, on request", cleared, cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        return cleared;
    }

    private async Task<long> ClearBoundsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync(_sql["history/clear_bounds"], r => r.Get<long>("runs"), cancel, Needed)).Single();

    private async Task<HistoryCleared> DeleteAsync(NpgsqlConnection connection, TimeSpan olderThan, long bounds,
        CancellationToken cancel) =>
        (await connection.QueryAsync(
            _sql["history/delete"], r => new HistoryCleared(r.Get<long>("runs"), r.Get<long>("chunks"), r.Get<long>("events"), bounds), cancel,
            [.. Needed, ("older_than_seconds", olderThan.TotalSeconds)])).Single();

    private Task RecordAsync(NpgsqlConnection connection, string runId, string why, HistoryCleared cleared, CancellationToken cancel) =>
        runs.EventAsync(
        connection, runId, "history cleared", $"{cleared.Runs} runs, {cleared.Chunks} chunks and {cleared.Events} events deleted: {why}", cancel);

    private (string, object?)[] Needed => [("conflict_schema", settings.ConflictSchema), ("sql_hash", SqlLibrary.Hash)];
}
