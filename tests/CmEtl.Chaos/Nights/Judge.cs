using CmEtl.Engine;
using CmEtl.Engine.Tests.Model;
using Npgsql;

namespace CmEtl.Chaos.Nights;

/// <summary>
/// Checks every row after a run that reported a success: it must be what the model computes for some state of the tables that was valid
/// while it was computed, and no live pair may be left marked. The recorder knows each write, so each is checked against the row before it.
/// </summary>
internal sealed class Judge(WorldDatabase database, InputStates states, bool delta)
{
    /// <summary>The last look of a run may miss commits so shortly before its end, because their order cannot be determined.</summary>
    private static readonly TimeSpan Last = TimeSpan.FromMilliseconds(30);

    /// <summary>
    /// The share of live pairs that an incomplete load may cost without being noticed: max_unconfirmed_percent. An empty table may cost
    /// none.
    /// </summary>
    private const double MostLost = 0.5;

    private DateTime _lastLook = DateTime.MaxValue;

    private static readonly string[] NeverPlausible = ["analytics.factvisitcallperformance_cr", "analytics.dimcaregiver"];

    private static readonly Numeric Marked = new("1");

    private static readonly string[] Untold = ["UpdatedDate"];

    private static readonly string[] Marks = ["UpdatedDate", "UpdateFlag"];

    /// <summary>The errors in the table, given that the run reported a success.</summary>
    /// <param name="status">The run.</param>
    /// <param name="lastLook">
    /// When its last look at the table began, if known. What is committed after that is not the run's concern, however long a busy machine
    /// takes from there to its end.
    /// </param>
    public async Task<IReadOnlyList<string>> FindAsync(EtlStatus status, DateTime lastLook)
    {
        _lastLook = lastLook;
        var wrong = new List<string>();
        if (status.RowsConfirmed < 0 || status.RowsUnconfirmed < 0
            || status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred < status.RowsConfirmed)
        {
            wrong.Add($"impossible counts: {status.RowsConfirmed} confirmed, {status.RowsUnconfirmed} unconfirmed, {status.RowsDeferred} deferred");
        }

        await using var connection = await database.ConnectAsync("judge", states.Zone);
        var shape = await TableShape.ReadAsync(connection, "conflict", "conflictvisitmaps");
        var span = new Span(status.StartedAt.UtcDateTime, status.FinishedAt?.UtcDateTime ?? DateTime.UtcNow);
        var chunks = await connection.QueryAsync(
            """
            SELECT xid::text, started_at, finished_at, from_date, from_ssn, from_id, to_date, to_ssn, to_id
              FROM cm_etl.chunk WHERE run_id = @run AND xid IS NOT NULL
            """,
            r => new DoneChunk(
                r.GetString(0), new Span(r.GetFieldValue<DateTime>(1), r.GetFieldValue<DateTime>(2)),
                new RowKey(r.GetFieldValue<DateOnly>(3), r.GetString(4), r.GetInt64(5)),
                new RowKey(r.GetFieldValue<DateOnly>(6), r.GetString(7), r.GetInt64(8))),
            default, ("run", status.RunId));
        var writes = await WritesAsync(connection, shape, span.From);
        var byRow = writes.ToLookup(w => w.Id);

        foreach (var write in writes.Where(w => w.IsConfirmation))
        {
            // If the ledger does not name the transaction, any state since the start of the run is accepted. The missing name itself is
            // found below.
            var seen = chunks.Find(c => c.Xid == write.Xid)?.Seen ?? new Span(span.From, write.At);
            if (Mismatch(write.Old!, write.New!, seen) is { } difference)
            {
                wrong.Add($"row {write.Id} was written as nothing that was ever there makes it: {difference}");
            }
        }

        wrong.AddRange(
            from write in writes
            where write.ByEngine && write is { IsConfirmation: false, Old: not null, New: not null }
            let difference = Difference(write.Old!, write.New!, Marks)
            where difference is not null
            select $"row {write.Id} was changed while it was marked or released: {difference}");

        var (live, lost) = (0, 0);
        var during = states.Between(span.From, span.To);
        var broken = during.Find(s => s.Broken.Count > 0);
        var empty = during.Exists(s => (s.From <= span.From || s.To >= span.To)
            && s.Broken.Any(b => !b.Value && NeverPlausible.Contains(b.Key)));
        await foreach (var row in TableReader.StreamAsync(connection, shape, "ORDER BY \"ID\""))
        {
            if (broken?.Intact.Judge(row).Outcome == Outcome.Confirmed)
            {
                live++;
                lost += Equals(row["UpdateFlag"], Marked) ? 1 : 0;
            }

            if (Final(row, [.. byRow[row["ID"]!.ToString()!]], span, chunks) is { } reason)
            {
                wrong.Add($"row {row["ID"]}: {reason}");
            }
        }

        if (broken is not null && lost > (empty ? 0 : live * MostLost))
        {
            wrong.Add($"{lost} of {live} live pairs are marked, because a load left {string.Join(", ", broken.Broken.Select(b => $"{b.Key} {(b.Value ? "incomplete" : "empty")}"))}");
        }

        return wrong;
    }

    /// <summary>The errors in a row at the end.</summary>
    private string? Final(Row row, IReadOnlyList<RowWrite> writes, Span run, IReadOnlyList<DoneChunk> chunks)
    {
        // As the run found it at its end. Later changes do not matter.
        var last = writes.Count == 0 ? null : writes[^1];
        if (last is { ByEngine: false } && (last.At > run.To - Last || last.At > _lastLook))
        {
            return null;
        }

        // It was examined by the chunks over its current key, and may have been moved afterwards. A delta run looks at the dimensions once,
        // at its start, and later changes of them affect unchanged pairs only from the next run on.
        var seen = chunks.Where(c => c.Holds(row)).Select(c => delta ? c.Seen with { From = run.From } : c.Seen).DefaultIfEmpty(run);
        var opinions = seen.SelectMany(s => states.Between(s.From, s.To)).Distinct().Select(s => s.Inputs.Judge(row)).ToList();
        var live = opinions.TrueForAll(o => o.Outcome == Outcome.Confirmed);
        var marked = Equals(row["UpdateFlag"], Marked);
        if (live && marked)
        {
            return $"is a live pair, and still marked; last written by {last?.By ?? "no transaction of this run"}"
                + $"{(last is null ? "" : $" at {last.At:ss.fff}")}; the run began its last look at {_lastLook:ss.fff} and ended at {run.To:ss.fff}";
        }

        var confirmed = writes.LastOrDefault(w => w.IsConfirmation);
        var undone = writes.Any(w => w.By == "swap" && w.Seq > confirmed?.Seq);
        if ((confirmed is not null && !undone) || opinions.Exists(o => o.Outcome == Outcome.Untouched) || marked)
        {
            return null;
        }

        // Neither written by this run nor marked: its values would not change, or another program cleared the mark.
        var equal = opinions.Exists(o => o.Outcome == Outcome.Confirmed && Difference(o.After, row) is null);
        var unmarked = writes.LastOrDefault(w => w.ChangesMark) is { ByEngine: false };
        return equal || (unmarked && !live && !undone) ? null
            : live ? $"is a live pair that the run has not refreshed; last written by {last?.By ?? "no transaction of this run"}"
            : $"was neither confirmed nor marked; last written by {last?.By ?? "no transaction of this run"}";
    }

    /// <summary>The differences between a confirmed row and the model, for the state in which there are fewest.</summary>
    private string? Mismatch(Row before, Row after, Span seen)
    {
        string? nearest = null;
        foreach (var state in states.Between(seen.From, seen.To))
        {
            var opinion = state.Inputs.Judge(before);
            var difference = opinion.Outcome != Outcome.Confirmed ? $"a pair that is {opinion.Outcome}" : Difference(opinion.After, after);
            if (difference is null)
            {
                return null;
            }

            nearest = difference;
        }

        return nearest ?? "no state";
    }

    private static string? Difference(Row expected, Row actual, string[]? except = null)
    {
        for (var i = 0; i < actual.Values.Length; i++)
        {
            var column = actual.Shape.Columns[i];
            if (!(except ?? Untold).Contains(column.Name) && expected.Shape.Has(column.Name)
                && !Equals(expected[column.Name], actual.Values[i]))
            {
                return $"{column.Name} should be {column.Show(expected[column.Name])} and is {column.Show(actual.Values[i])}";
            }
        }

        return null;
    }

    private static async Task<List<RowWrite>> WritesAsync(NpgsqlConnection connection, TableShape shape, DateTime since)
    {
        var told = await connection.QueryAsync(
            "SELECT seq, at, xid::text, by, id, old IS NOT NULL, new IS NOT NULL FROM chaos.history WHERE at >= @since ORDER BY seq",
            r => new RowWrite(r.GetInt64(0), r.GetFieldValue<DateTime>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetBoolean(5),
                r.GetBoolean(6)),
            default, ("since", since));
        var (old, after) = (await SideAsync(connection, shape, "old", told), await SideAsync(connection, shape, "new", told));
        var (o, n) = (0, 0);
        return [.. told.Select(w => w with { Old = w.HasOld ? old[o++] : null, New = w.HasNew ? after[n++] : null })];
    }

    private static async Task<List<Row>> SideAsync(NpgsqlConnection connection, TableShape shape, string side, List<RowWrite> told)
    {
        var rows = new List<Row>();
        if (told.Count > 0)
        {
            var source = $"chaos.history AS h CROSS JOIN LATERAL jsonb_populate_record(NULL::conflict.conflictvisitmaps, h.{side}) AS r "
                + $"WHERE h.{side} IS NOT NULL AND h.seq BETWEEN {told[0].Seq} AND {told[^1].Seq} ORDER BY h.seq";
            await foreach (var row in TableReader.StreamFromAsync(connection, shape, source))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private sealed record Span(DateTime From, DateTime To);

    private sealed record RowKey(DateOnly Day, string Ssn, long Id) : IComparable<RowKey>
    {
        public int CompareTo(RowKey? other) =>
            (Day.CompareTo(other!.Day), string.CompareOrdinal(Ssn, other.Ssn), Id.CompareTo(other.Id)) switch
        {
            (not 0 and var day, _, _) => day,
            (_, not 0 and var ssn, _) => ssn,
            (_, _, var id) => id,
        };
    }

    private sealed record DoneChunk(string Xid, Span Seen, RowKey From, RowKey To)
    {
        public bool Holds(Row row) =>
            row.Day("VisitDate") is { } day && new RowKey(day, row.Text("SSN") ?? "", (long)row.Number("ID")!.Value.ToDecimal()) is var key
            && From.CompareTo(key) <= 0 && key.CompareTo(To) < 0;
    }
}
