using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace CmEtl.Engine;

/// <summary>
/// Plans the chunks of the window with one streamed aggregate query. Memory holds the keys of one chunk and the list of chunks (a few
/// hundred bytes per ten thousand rows), so one connection is enough to read the keys and to store the chunks.
/// </summary>
internal sealed class ChunkPlanner(EtlSettings settings, RunLedger runs, Database database, ChunkStatements statements, DeltaLook delta, SqlLibrary sql, ILogger log)
{
    /// <summary>The chunks that a plan of the window would have now. Writes nothing.</summary>
    public async Task<List<PlannedChunk>> PlanAsync(Phase phase, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var reading = await database.OpenForTaskAsync(cancel);
        return await PlanAsync(reading, phase, from, to, settings.TargetChunkSize, [], cancel);
    }

    /// <summary>
    /// Plans the chunks of a run, stores all of them or none, and proves that they are disjoint and cover the window. Does nothing when the
    /// run already has a plan.
    /// </summary>
    public async Task StoreAsync(RunRow run, CancellationToken cancel, int? targetChunkSize = null)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if ((await runs.EnterStepAsync(connection, run, RunStep.Plan, cancel)).Planned)
        {
            return;
        }

        if (run.Delta)
        {
            var look = await delta.FirstAsync(run, cancel);
            await delta.NoteAsync(connection, run, look, cancel);
            await runs.EventAsync(
                connection, run.RunId, "delta", look.BaseId is { } known ? $"against run {known}" : $"every row is recomputed: {look.Reason}", cancel);
        }

        var relations = await new TableLocks(settings, sql).LockAsync(connection, TableLocks.Task02, cancel);
        var summary = new PlanSummary();
        var chunks = await PlanAsync(
            connection, run.Phase, run.WindowFrom, run.WindowTo, targetChunkSize ?? settings.TargetChunkSize, await BordersAsync(connection, run, cancel), cancel);
        chunks.ForEach(summary.Add);
        await WriteAsync(connection, run.RunId, chunks, round: 0, cancel);

        var stored = await connection.ExecuteAsync(
            sql["plan/done"], cancel, ("run_id", run.RunId), ("planned_rows", summary.Rows), ("planned_chunks", summary.Chunks),
            ("relations", relations));
        if (stored == 0)
        {
            throw RunLedger.Ended(await runs.ReadAsync(run.RunId, cancel));
        }

        await ProveAsync(connection, run with { PlannedChunks = summary.Chunks }, cancel);
        await transaction.CommitAsync(cancel);
        summary.Log(log);
    }

    /// <summary>
    /// Stores the chunks of another pass, over rows whose current version the run has not examined. A single chunk covers the whole window,
    /// unless there are more such rows than a chunk may have.
    /// </summary>
    public async Task StoreLateAsync(RunRow run, long late, CancellationToken cancel)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        List<PlannedChunk> chunks = late <= settings.MaxChunkSize || run.Phase == Phase.Sequential ? [Whole(run, late)] : await PlanLateAsync(connection, run, cancel);
        var numbers = await connection.QueryAsync(
            sql["plan/number"], r => (First: r.Get<int>("first_id"), Round: r.GetOrNull<int>("round") ?? 1), cancel, ("run_id", run.RunId), ("attempt", run.Attempt),
            ("chunks", chunks.Count));
        if (numbers.Count == 0)
        {
            throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.RunFinished, $"Run {run.RunId} was taken over by another process or has ended. Nothing was planned.", "Nothing to do.") { Subject = run.RunId };
        }

        await WriteAsync(connection, run.RunId, chunks.ConvertAll(c => c with { Id = numbers[0].First + c.Id }), numbers[0].Round, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<List<PlannedChunk>> PlanLateAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        var pairs = await PairsRelation.LockAsync(connection, library, settings, cancel);
        var builder = new ChunkBuilder(settings, (run.WindowFrom, run.WindowTo), (key, rows) => CutsAsync(key, rows, cancel), []);
        var chunks = await builder.BuildAsync(KeysAsync(connection, library["plan/late"], statements.Reconciling(run, pairs.Identity), cancel)).ToListAsync(cancel);
        return chunks.Count > 0 ? chunks : [Whole(run, 0)];
    }

    private static PlannedChunk Whole(RunRow run, long rows) => new()
    {
        Id = 0, From = ChunkBound.BeforeDay(run.WindowFrom), To = ChunkBound.BeforeDay(run.WindowTo.AddDays(1)), FirstDate = run.WindowFrom, LastDate = run.WindowTo,
        Rows = rows, Keys = 0, Dates = 0, Ssns = 0, SplitKey = false,
    };

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
                $"The plan of run {run.RunId} is damaged: its chunks overlap, leave a gap or are missing.",
                "Begin a new run. This abandons the run and makes a new plan.") { Subject = run.RunId };
        }
    }

    private async Task<List<PlannedChunk>> PlanAsync(
        NpgsqlConnection reading, Phase phase, DateOnly from, DateOnly to, int target, IReadOnlyList<ChunkBound> borders, CancellationToken cancel)
    {
        var sizes = phase == Phase.Chunked
            ? Sized(target)
            : settings with { TargetChunkSize = int.MaxValue, MaxChunkSize = int.MaxValue, MaxKeysPerChunk = int.MaxValue };
        var builder = new ChunkBuilder(sizes, (from, to), (key, rows) => CutsAsync(key, rows, cancel), borders);
        return await builder.BuildAsync(KeysAsync(reading, sql["plan/keys"], [("window_from", from), ("window_to", to)], cancel)).ToListAsync(cancel);
    }

    // A wrong order for characters beyond U+D7FF does little harm; see ChunkBound.IsAfter.
    private async Task<IReadOnlyList<ChunkBound>> BordersAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel) => run.BaseId is not { } known ? [] :
        (await connection.QueryAsync(
            sql["plan/borders"], r => new ChunkBound(r.Get<DateOnly>("from_date"), r.Get<string>("from_ssn"), ChunkBound.BeforeAnyId), cancel, ("run_id", known)))
        .FindAll(b => b.Ssn.All(c => c <= '\uD7FF'));

    private EtlSettings Sized(int target) => settings with { TargetChunkSize = target, MaxChunkSize = Math.Max(target, settings.MaxChunkSize) };

    private static async IAsyncEnumerable<PlanKey> KeysAsync(
        NpgsqlConnection connection, string statement, (string, object?)[] parameters, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = connection.Command(statement, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return new PlanKey(reader.GetFieldValue<DateOnly>(0), reader.GetString(1), reader.GetInt64(2));
        }
    }

    private async Task<IReadOnlyList<long>> CutsAsync(PlanKey key, long partRows, CancellationToken cancel) =>
        await database.QueryAsync(
            sql["plan/cuts"], r => r.GetInt64(0), cancel, ("visit_date", key.VisitDate), ("ssn", key.Ssn), ("part_rows", partRows));

    private async Task WriteAsync(NpgsqlConnection connection, string runId, IReadOnlyList<PlannedChunk> chunks, int round, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(sql["plan/copy"], cancel);
        foreach (var chunk in chunks)
        {
            await WriteAsync(copy, runId, chunk, round, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, string runId, PlannedChunk chunk, int round, CancellationToken cancel)
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
        await copy.WriteAsync(round, NpgsqlDbType.Integer, cancel);
    }
}
