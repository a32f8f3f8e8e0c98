using System.Data;
using CmEtl.Chaos.Processes;
using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Chaos.Workers;

/// <summary>
/// The negative control: the engine's claims and statements in the form of most job queues. The update is committed, "done" is written
/// afterwards, and the rows do not show that they were updated in this run. A harness that does not find this error finds nothing.
/// </summary>
internal sealed class WrongWorker(EtlSettings settings, WorkerKind kind) : IAsyncDisposable
{
    private readonly Database _database = new(settings);

    /// <summary>Works until no chunk is left.</summary>
    public async Task<bool> RunAsync(string runId)
    {
        var sql = new SqlLibrary(new Dictionary<string, string>
        {
            ["conflict"] = settings.ConflictSchema, ["analytics"] = settings.AnalyticsSchema, ["ledger"] = settings.LedgerSchema,
        });
        var statements = new ChunkStatements(settings, _database, sql);
        var ledger = new ChunkLedger(settings, _database, sql);
        var processor = new ChunkProcessor(settings, _database, ledger, statements, NullLogger.Instance);
        while (true)
        {
            try
            {
                var run = await new RunLedger(settings, _database, sql).ReadAsync(runId, CancellationToken.None);
                await using var connection = await processor.OpenAsync(Phase.Chunked, CancellationToken.None);
                while (await ledger.ClaimNextAsync(connection, runId, $"{Environment.ProcessId}", CancellationToken.None) is { } chunk)
                {
                    await ProcessAsync(connection, statements, run, chunk);
                }

                if (await ledger.NextDueAsync(connection, runId, CancellationToken.None) is null)
                {
                    return true;
                }

                await Task.Delay(50);
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                // The lease expires by itself.
                await Task.Delay(50);
            }
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task ProcessAsync(NpgsqlConnection connection, ChunkStatements statements, RunRow run, ClaimedChunk chunk)
    {
        var library = await statements.GetAsync(CancellationToken.None);
        (string, object?)[] fence = [("run_id", run.RunId), ("chunk_id", chunk.ChunkId), ("attempt", chunk.Attempt)];
        long confirmed = 0;
        await using (var updating = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead))
        {
            var held = await connection.QueryAsync(
                Guard(library["chunk/hold"]), _ => true, default, [.. fence, .. settings.ChunkSession(Phase.Chunked)]);
            if (held.Count == 0)
            {
                return;
            }

            var steps = string.Join(";\n", [.. ChunkStage.All.Select(s => s.Fill(library)), library["task02/update"]]);
            confirmed = (await connection.QueryAsync(
                steps, r => r.Get<long>("rows_confirmed"), default, statements.Parameters(run, chunk, new PairsRelation("")))).Single();
            await updating.CommitAsync();
        }

        await connection.ExecuteAsync(
            Guard(library["chunk/complete"]), default,
            [
                .. fence, ("rows_claimed", confirmed),
                .. new ChunkCounts { RowsConfirmed = confirmed }.ToColumns().Select(c => (c.Key, (object?)c.Value)),
                ("rows_moved", 0L), ("relation", ""),
            ]);
    }

    private string Guard(string statement) => kind == WorkerKind.StatusGuard
        ? statement.Replace("AND c.attempt = @attempt::integer", "", StringComparison.Ordinal)
        : statement;
}
