using System.Data;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Compares the snapshot of Task 01 with the table, in the columns that both have.</summary>
internal sealed class RunComparer(EtlSettings settings, Database database, SqlLibrary sql)
{
    /// <summary>The flags of the seven rules, and those of in-service and paid time off.</summary>
    private static readonly string[] Flags =
    [
        "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag", "SchOverAnotherSchTimeFlag", "VisitTimeOverAnotherVisitTimeFlag",
        "SchTimeOverVisitTimeFlag", "DistanceFlag", "InServiceFlag", "PTOFlag",
    ];

    /// <summary>Distance in miles that two visits of one day rarely exceed.</summary>
    private const int FarMiles = 1_000;

    private static readonly (string Name, string Test)[] Suspicions =
    [
        ("DistanceMilesFromLatLng is negative", "c.\"DistanceMilesFromLatLng\" < 0"),
        ($"DistanceMilesFromLatLng is above {FarMiles}", $"c.\"DistanceMilesFromLatLng\" > {FarMiles}"),
        .. Flags.Select(f => ($"{f} is neither Y nor N", $"c.{SqlLibrary.Quote(f)} NOT IN ('Y', 'N')")),
    ];

    public async Task<IReadOnlyList<RunChange>> CompareAsync(RunRow run, CancellationToken cancel)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        // TRUNCATE is not MVCC-safe, so no other run may take its snapshot meanwhile.
        await new TableLocks(settings, sql).LockAsync(connection, TableLocks.Compare, cancel);
        await RequireSnapshotAsync(connection, run, cancel);
        var (columns, tests, before) = (await connection.QueryAsync(
            sql["task01/columns"],
            r => (r.Get<string[]>("compared_columns"), r.Get<string[]>("compared_tests"), r.Get<string[]>("compared_before")), cancel,
            ("conflict_schema", settings.ConflictSchema))).Single();
        var flags = columns.Select((name, i) => (Name: name, Before: before[i])).Where(c => Flags.Contains(c.Name)).ToList();
        var library = sql.With(new Dictionary<string, string>
        {
            // Every row that was written has a new stamp: most tests end with the first comparison.
            ["any_change"] = string.Join(" OR ", tests.Zip(columns).OrderBy(t => t.Second != "UpdatedDate").Select(t => t.First)),
            ["changes"] = Counts(tests),
            ["flags"] = Counts(flags.Select(f => $"c.{SqlLibrary.Quote(f.Name)} = 'Y' AND {f.Before} IS DISTINCT FROM 'Y'")),
            ["suspicions"] = Counts(Suspicions.Select(s => s.Test)),
        });
        await connection.ExecuteAsync("SET LOCAL work_mem = '128MB'", cancel);
        var groups = await connection.QueryAsync(
            library["compare/changes"], Group.Read, cancel, ("window_from", run.WindowFrom), ("window_to", run.WindowTo));
        var both = groups.Single(g => g.Kind is null);
        var changes = groups.Where(g => g.Kind is not null)
            .OrderBy(g => g.Kind).ThenBy(g => g.VisitDate).ThenBy(g => g.Agency, StringComparer.Ordinal)
            .Select(g => new RunChange
            {
                RunId = run.RunId, Kind = g.Kind!.Value, VisitDate = g.VisitDate, Agency = g.Agency, Rows = g.Rows,
            });
        return [.. Totals(groups), .. Sums(), .. changes];

        IEnumerable<RunChange> Totals(List<Group> all)
        {
            yield return Line(ChangeKind.Total, "rows before", all.Where(g => g.Kind is null or ChangeKind.Vanished).Sum(g => g.Rows));
            yield return Line(ChangeKind.Total, "rows now", all.Where(g => g.Kind is null or ChangeKind.New).Sum(g => g.Rows));
            yield return Line(ChangeKind.Total, "rows in both", both.Rows);
            yield return Line(ChangeKind.Total, "rows changed", both.Changed);
        }

        IEnumerable<RunChange> Sums() =>
            columns.Select((name, i) => Line(ChangeKind.Column, name, both.Changes[i]))
            .Concat(flags.Select((f, i) => Line(ChangeKind.FlagSet, f.Name, both.Flags[i])))
            .Concat(Suspicions.Select((s, i) => Line(ChangeKind.Suspicious, s.Name, groups.Sum(g => g.Suspicions.ElementAtOrDefault(i)))))
            .Where(l => l.Rows > 0).OrderBy(l => l.Kind).ThenByDescending(l => l.Rows);

        RunChange Line(ChangeKind kind, string name, long rows) => new() { RunId = run.RunId, Kind = kind, Name = name, Rows = rows };
    }

    private async Task RequireSnapshotAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel)
    {
        var owner = (await connection.QueryAsync(
            sql["compare/snapshot"], r => r.GetString(0), cancel, ("conflict_schema", settings.ConflictSchema))).SingleOrDefault();
        if (owner != run.RunId)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.SnapshotReplaced,
                owner is null || !run.Task01Done ? $"Run {run.RunId} has no snapshot because its Task 01 is not done."
                    : $"The snapshot of run {run.RunId} was replaced by the snapshot of run {owner}.",
                owner is null ? "Start a run." : $"Compare run {owner} instead.") { Subject = run.RunId };
        }
    }

    private static string Counts(IEnumerable<string> tests) => string.Join(", ", tests.Select(t => $"count(*) FILTER (WHERE {t})"));

    /// <summary>One row of sql/compare/changes.sql. A null kind means all rows that are in both.</summary>
    private sealed record Group(ChangeKind? Kind, DateOnly? VisitDate, string Agency, long Rows, long Changed, long[] Changes, long[] Flags,
        long[] Suspicions)
    {
        public static Group Read(NpgsqlDataReader r) => new(
            Enum.TryParse<ChangeKind>(r.Get<string>("kind"), ignoreCase: true, out var kind) ? kind : null, r.GetOrNull<DateOnly>("visit_date"),
            r.Get<string>("agency"), r.Get<long>("rows"), r.Get<long>("changed"), r.Get<long[]>("changes"), r.Get<long[]>("flags"), r.Get<long[]>("suspicions"));
    }
}
