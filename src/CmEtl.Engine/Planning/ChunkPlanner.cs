using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace CmEtl.Engine;

/// <summary>
/// Plans the window into chunks with one aggregate query, streamed: memory holds one chunk's keys, however many rows there are.
/// </summary>
internal sealed class ChunkPlanner(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    /// <summary>The chunks of a window, as they would be now; nothing is written.</summary>
    public async IAsyncEnumerable<PlannedChunk> PlanAsync(
        Phase phase, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancel, int? targetChunkSize = null)
    {
        await using var reading = await database.OpenForTaskAsync(cancel);
        await using var snapshot = await reading.BeginTransactionAsync(cancel);
        var sizes = phase == Phase.Chunked
            ? Sized(targetChunkSize ?? settings.TargetChunkSize)
            : settings with { TargetChunkSize = int.MaxValue, MaxChunkSize = int.MaxValue, MaxKeysPerChunk = int.MaxValue };
        var builder = new ChunkBuilder(sizes, (from, to), (key, rows) => CutsAsync(key, rows, cancel));
        await foreach (var chunk in builder.BuildAsync(KeysAsync(reading, from, to, cancel)).WithCancellation(cancel))
        {
            yield return chunk;
        }
    }

    /// <summary>Plans and stores the chunks of a run, all or none, and proves that they are disjoint and cover the window.</summary>
    public async Task StoreAsync(RunRow run, CancellationToken cancel, int? targetChunkSize = null)
    {
        await using var writing = await database.OpenForTaskAsync(cancel);
        await using var transaction = await writing.BeginTransactionAsync(cancel);
        var summary = new PlanSummary();
        await using (var copy = await writing.BeginBinaryImportAsync(sql["plan/copy"], cancel))
        {
            await foreach (var chunk in PlanAsync(run.Phase, run.WindowFrom, run.WindowTo, cancel, targetChunkSize))
            {
                await WriteAsync(copy, run.RunId, chunk, cancel);
                summary.Add(chunk);
            }

            await copy.CompleteAsync(cancel);
        }

        await writing.ExecuteAsync(
            sql["plan/done"], cancel, ("run_id", run.RunId), ("planned_rows", summary.Rows), ("planned_chunks", summary.Chunks));
        await ProveAsync(writing, run with { PlannedChunks = summary.Chunks }, cancel);
        await transaction.CommitAsync(cancel);
        summary.Log(log);
    }

    /// <summary>Throws unless the stored chunks of the run are disjoint and cover its window.</summary>
    public async Task ProveAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel)
    {
        var proven = await connection.QueryAsync(
            sql["plan/proof"], r => r.GetBoolean(0), cancel, ("run_id", run.RunId), ("planned_chunks", run.PlannedChunks),
            ("window_from", run.WindowFrom), ("window_to", run.WindowTo));
        if (!proven.Single())
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.PlanDamaged,
                $"The plan of run {run.RunId} is not the one that was made: its chunks overlap, leave a gap or are missing.",
                "Start with -New: the run is abandoned and planned afresh.") { Subject = run.RunId };
        }
    }

    private EtlSettings Sized(int target) => settings with { TargetChunkSize = target, MaxChunkSize = Math.Max(target, settings.MaxChunkSize) };

    private async IAsyncEnumerable<PlanKey> KeysAsync(
        NpgsqlConnection connection, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = connection.Command(sql["plan/keys"], ("window_from", from), ("window_to", to));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return new PlanKey(reader.GetFieldValue<DateOnly>(0), reader.GetString(1), reader.GetInt64(2));
        }
    }

    private async Task<IReadOnlyList<long>> CutsAsync(PlanKey key, long partRows, CancellationToken cancel) =>
        await database.QueryAsync(
            sql["plan/cuts"], r => r.GetInt64(0), cancel, ("visit_date", key.VisitDate), ("ssn", key.Ssn), ("part_rows", partRows));

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, string runId, PlannedChunk chunk, CancellationToken cancel)
    {
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(runId, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(chunk.Id, NpgsqlDbType.Integer, cancel);
        foreach (var bound in (ChunkBound[])[chunk.From, chunk.To])
        {
            await copy.WriteAsync(bound.VisitDate, NpgsqlDbType.Date, cancel);
            await copy.WriteAsync(bound.Ssn, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(bound.Id, NpgsqlDbType.Bigint, cancel);
        }

        await copy.WriteAsync(chunk.FirstDate, NpgsqlDbType.Date, cancel);
        await copy.WriteAsync(chunk.LastDate, NpgsqlDbType.Date, cancel);
        await copy.WriteAsync(chunk.Rows, NpgsqlDbType.Bigint, cancel);
        await copy.WriteAsync(chunk.Keys, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(chunk.Dates, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(chunk.Ssns, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(chunk.SplitKey, NpgsqlDbType.Boolean, cancel);
    }
}
