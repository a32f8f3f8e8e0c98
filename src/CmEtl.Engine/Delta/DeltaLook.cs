using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The two looks of a delta run at the dimensions. The first, before the plan, finds the keys whose content has changed since the baseline
/// run. The second, after the last chunk, finds what was changed between the two, so that the next run does not rely on it. See
/// docs/delta.md.
/// </summary>
internal sealed class DeltaLook(EtlSettings settings, Database database, ChunkStatements statements, ILogger log)
{
    /// <summary>Every chunk reads the changed keys. Reading more than this costs more than it saves.</summary>
    private const long MostChangedKeys = 100_000;

    /// <summary>
    /// Takes the first look and commits it. Only the run's own row is left to <see cref="NoteAsync"/>, which writes it together with the
    /// plan, so that a heartbeat does not have to wait for the look. Can be repeated until then.
    /// </summary>
    public async Task<Look> FirstAsync(RunRow run, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await connection.ExecuteAsync(library["run/lock_tables"], cancel);
        var seed = (await connection.QueryAsync(library["delta/seed"], r => r.GetInt64(0), cancel, ("base_id", run.BaseId))).Single();
        (string, object?)[] parameters =
        [
            ("run_id", run.RunId), ("seed", seed), ("most", MostChangedKeys),
            ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema),
        ];
        var (look, comparable, age) = (await connection.QueryAsync(
            library["delta/begin"],
            r => (new Look(seed, r.Get<string>("look_baseline"), r.Get<string>("look"), run.BaseId),
                r.Get<bool>("comparable"), r.GetOrNull<int>("base_age")),
            cancel,
            [
                .. parameters, ("base_id", run.BaseId), ("code", Code(library)),
                ("distance_multiplier", run.DistanceMultiplier.GetValueOrDefault()),
            ])).Single();
        look = comparable ? look : look with
        {
            BaseId = null,
            Reason = run.BaseId is null ? "there is no completed delta run with the same settings and statements"
                : "settings, table definitions, speeds or the server have changed since the baseline run",
        };
        await connection.ExecuteAsync(library["delta/forget"], cancel, [.. parameters, ("base_id", look.BaseId)]);

        var before = look.BaseId is null ? [] : await InputsAsync(connection, library, look.BaseId, cancel);
        foreach (var source in TableLocks.Dimensions)
        {
            (string, object?)[] own = [.. parameters, ("source", source), ("base_id", look.BaseId), ("layout", look.Layout(source))];
            if (before.TryGetValue(source, out var known) && known.Layout == look.Layout(source)
                && await SameAsync(connection, library, own, known, age, cancel))
            {
                await connection.ExecuteAsync(library["delta/reuse"], cancel, own);
                continue;
            }

            var (changed, keys, worthNoting) = (await connection.QueryAsync(
                library["delta/look"], r => (r.Get<long>("changed"), r.Get<long>("keys"), r.Get<bool>("worth_noting")), cancel, own)).Single();
            log.LogInformation("{Source}: {Keys} keys hashed, {Changed} differ from the baseline run", source, keys, changed);
            if (!worthNoting)
            {
                look = look with { BaseId = null, Reason = $"{changed} of {keys} keys of {source} have changed" };
            }
        }

        await transaction.CommitAsync(cancel);
        return look;
    }

    /// <summary>Stores the first look in the run's row.</summary>
    public async Task NoteAsync(NpgsqlConnection connection, RunRow run, Look look, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        await connection.ExecuteAsync(
            library["delta/looked"], cancel, ("run_id", run.RunId), ("seed", look.Seed), ("look_baseline", look.Baseline),
            ("look", look.Seen), ("base_id", look.BaseId));
    }

    /// <summary>Takes the second look, after the last chunk: no chunk of the run has read anything newer.</summary>
    public async Task SecondAsync(RunRow run, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await connection.ExecuteAsync(library["run/lock_tables"], cancel);
        var runs = await connection.QueryAsync(
            library["delta/run"], r => new Look(r.Get<long>("seed"), r.Get<string>("look_baseline"), r.Get<string>("look"), null),
            cancel, ("run_id", run.RunId));
        if (runs is not [var look])
        {
            return;
        }

        (string, object?)[] parameters =
        [
            ("run_id", run.RunId), ("seed", look.Seed),
            ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema),
        ];
        var (now, age) = (await connection.QueryAsync(
            library["delta/now"], r => (look with { Seen = r.Get<string>("look") }, r.Get<int>("look_age")), cancel,
            [.. parameters, ("look_baseline", look.Baseline)])).Single();
        foreach (var (source, known) in await InputsAsync(connection, library, run.RunId, cancel))
        {
            var sameLayout = known.Layout == now.Layout(source);
            (string, object?)[] own = [.. parameters, ("source", source), ("age", age), ("same_layout", sameLayout)];
            if (!sameLayout || !await SameAsync(connection, library, own, known, age, cancel))
            {
                log.LogInformation("{Source} was written during the run: the next run recomputes the rows that depend on the changed keys", source);
                await connection.ExecuteAsync(library["delta/relook"], cancel, own);
            }
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<bool> SameAsync(
        NpgsqlConnection connection, SqlLibrary library, (string, object?)[] parameters, (long? Rows, string Layout) known, int? age,
        CancellationToken cancel) =>
        known.Rows is { } rows && age is not null && (await connection.QueryAsync(
            library["delta/count"], r => r.Get<long>("rows") == rows && r.Get<long>("old") == rows, cancel,
            [.. parameters.Where(p => p.Item1 != "age"), ("age", age)])).Single();

    private static async Task<Dictionary<string, (long? Rows, string Layout)>> InputsAsync(
        NpgsqlConnection connection, SqlLibrary library, string runId, CancellationToken cancel) =>
        (await connection.QueryAsync(
            library["delta/inputs"], r => (Source: r.Get<string>("source"), Known: (r.GetOrNull<long>("rows"), r.Get<string>("layout"))),
            cancel, ("run_id", runId)))
        .ToDictionary(i => i.Source, i => i.Known);

    /// <summary>A hash of the statements as they run, including the parts that come from the catalog.</summary>
    private static string Code(SqlLibrary library) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', [.. ChunkStage.All.Select(s => s.Fill(library)), library["task02/update"], library["delta/judge"], library["delta/look"]]))));
}

/// <summary>The result of a first look.</summary>
/// <param name="Seed">Seed of the hashes.</param>
/// <param name="Baseline">The look saw everything that older transactions have written.</param>
/// <param name="Seen">See delta/surroundings.sql.</param>
/// <param name="BaseId">The baseline run, or null when every row is recomputed.</param>
internal sealed record Look(long Seed, string Baseline, string Seen, string? BaseId)
{
    /// <summary>Why there is no baseline run; empty when there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Relations, columns and exclusions of a dimension.</summary>
    public string Layout(string source)
    {
        using var seen = JsonDocument.Parse(Seen);
        return seen.RootElement.GetProperty("sources").GetProperty(source).GetString() ?? "";
    }
}
