using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace CmEtl.Engine;

/// <summary>
/// Plans the window into chunks with one aggregate query, streamed: memory holds one chunk's keys and the chunks, a few hundred bytes for ten
/// thousand rows, so that one connection does to read and to store them.
/// </summary>
internal sealed class ChunkPlanner(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    /// <summary>The chunks of a window, as they would be now; nothing is written.</summary>
    public async Task<List<PlannedChunk>> PlanAsync(Phase phase, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var reading = await database.OpenForTaskAsync(cancel);
        return await PlanAsync(reading, phase, from, to, settings.TargetChunkSize, [], cancel);
    }

    /// <summary>Plans and stores the chunks of a run, all or none, and proves that they are disjoint and cover the window.</summary>
    public async Task StoreAsync(RunRow run, CancellationToken cancel, int? targetChunkSize = null)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var summary = new PlanSummary();
        var chunks = await PlanAsync(
            connection, run.Phase, run.WindowFrom, run.WindowTo, targetChunkSize ?? settings.TargetChunkSize, await BordersAsync(connection, run, cancel), cancel);
        await using (var copy = await connection.BeginBinaryImportAsync(sql["plan/copy"], cancel))
        {
            foreach (var chunk in chunks)
            {
                await WriteAsync(copy, run.RunId, chunk, cancel);
                summary.Add(chunk);
            }

            await copy.CompleteAsync(cancel);
        }

        await connection.ExecuteAsync(
            sql["plan/done"], cancel, ("run_id", run.RunId), ("planned_rows", summary.Rows), ("planned_chunks", summary.Chunks));
        await ProveAsync(connection, run with { PlannedChunks = summary.Chunks }, cancel);
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

    private async Task<List<PlannedChunk>> PlanAsync(
        NpgsqlConnection reading, Phase phase, DateOnly from, DateOnly to, int target, IReadOnlyList<ChunkBound> borders, CancellationToken cancel)
    {
        var sizes = phase == Phase.Chunked
            ? Sized(target)
            : settings with { TargetChunkSize = int.MaxValue, MaxChunkSize = int.MaxValue, MaxKeysPerChunk = int.MaxValue };
        var builder = new ChunkBuilder(sizes, (from, to), (key, rows) => CutsAsync(key, rows, cancel), borders);
        return await builder.BuildAsync(KeysAsync(reading, from, to, cancel)).ToListAsync(cancel);
    }

    // One with a character beyond U+D7FF is no great loss; see ChunkBound.IsAfter.
    private async Task<IReadOnlyList<ChunkBound>> BordersAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel) => run.Base is not { } known ? [] :
        (await connection.QueryAsync(
            sql["plan/borders"], r => new ChunkBound(r.Get<DateOnly>("from_date"), r.Get<string>("from_ssn"), ChunkBound.BeforeAnyId), cancel, ("run_id", known.RunId)))
        .FindAll(b => b.Ssn.All(c => c <= '\uD7FF'));

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
