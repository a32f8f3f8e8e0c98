using System.Globalization;
using System.Text;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>The result of checking a completed run.</summary>
/// <param name="Doubts">Why its result is implausible; empty when it is plausible.</param>
/// <param name="Measures">Percentages of the planned rows by name, as JSON. Later runs compare with them.</param>
internal sealed record Judgement(string Doubts, string Measures);

/// <summary>
/// Checks whether the result of a run that is about to be completed can be true. Later tasks close every conflict that is still marked.
/// After a failed load these include live conflicts, so a run that leaves an unusual number of rows marked is not sweep-safe until an
/// operator approves it.
/// </summary>
internal sealed class Plausibility(EtlSettings settings, SqlLibrary sql)
{
    private const string Planned = "planned";

    /// <summary>Checks a run whose chunks are all done.</summary>
    /// <param name="connection">A connection whose statements may take as long as a task.</param>
    /// <param name="run">The run.</param>
    /// <param name="totals">The counts of the table at the end of the run.</param>
    /// <param name="cancel">Stops the call.</param>
    public async Task<Judgement> JudgeAsync(NpgsqlConnection connection, RunRow run, RunTotals totals, CancellationToken cancel)
    {
        var measures = await connection.QueryAsync(
            sql["run/measures"],
            r => new Measure(
                r.Get<string>("name"), r.Get<string>("title"), r.Get<long>("rows"), r.Get<long>("planned"), r.GetOrNull<double>("median"), r.Get<int>("runs")),
            cancel, ("run_id", run.RunId), ("confirmed", totals.Confirmed), ("unconfirmed", totals.Unconfirmed), ("deferred", totals.Deferred));
        var empty = await EmptyTablesAsync(connection, sql, settings, cancel);
        var seen = await connection.QueryAsync(
            sql["run/saw_empty"], r => (Reason: r.Get<string>("reason"), ChunkId: r.Get<int>("chunk_id"), Chunks: r.Get<long>("chunks")),
            cancel, ("run_id", run.RunId));
        List<string> doubts =
        [
            .. empty,
            .. seen.Where(s => !empty.Contains(s.Reason))
                .Select(s => Text($"{s.Chunks:N0} chunks, such as chunk {s.ChunkId}, found that {s.Reason}")),
            .. measures.SelectMany(DoubtsOf),
            .. await OutliersAsync(connection, run, cancel),
        ];
        var reason = doubts.Count == 0 ? "" : $"not plausible: {string.Join("; ", doubts)}. "
            + "Check whether the last load of the analytics tables is complete, then start a new run; if the result is right, approve the run";
        return new Judgement(reason, Json(measures));
    }

    /// <summary>The tables without which no pair can be confirmed and that are empty in the connection's snapshot, as sentences.</summary>
    public static Task<List<string>> EmptyTablesAsync(
        NpgsqlConnection connection, SqlLibrary sql, EtlSettings settings, CancellationToken cancel) =>
        connection.QueryAsync(
            sql["checks/empty_tables"], r => $"{r.Get<string>("relation")} contains no {r.Get<string>("what")}", cancel,
            ("analytics_schema", settings.AnalyticsSchema));

    private IEnumerable<string> DoubtsOf(Measure m)
    {
        if (m.Name == Planned)
        {
            if (m.Median is { } usual && m.Rows < usual * (100 - settings.MaxUnconfirmedPercent) / 100)
            {
                yield return Text($"{m.Rows:N0} {m.Title}, where the median of the last {m.Runs} runs is {usual:N0} (max_unconfirmed_percent = {settings.MaxUnconfirmedPercent:0.##} allows to lose that share)");
            }

            yield break;
        }

        if (m.Percent > settings.MaxUnconfirmedPercent)
        {
            yield return Text($"{m.Rows:N0} of {m.Planned:N0} {m.Title}, {m.Percent:F1} % (max_unconfirmed_percent = {settings.MaxUnconfirmedPercent:0.##})");
        }
        else if (m.Percent - m.Median > settings.MaxUnconfirmedGrowth)
        {
            yield return Text($"{m.Rows:N0} of {m.Planned:N0} {m.Title}, {m.Percent:F1} %, where the median of the last {m.Runs} runs is {m.Median:F1} % (max_unconfirmed_growth = {settings.MaxUnconfirmedGrowth:0.##})");
        }
    }

    private async Task<List<string>> OutliersAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel) =>
        await connection.QueryAsync(
        sql["run/outliers"],
        r => Text($"{r.Get<long>("chunks"):N0} chunks confirmed far less than is usual for their dates, such as chunk {r.Get<int>("chunk_id")}: {r.Get<decimal>("percent"):F1} % of its {r.Get<long>("judged"):N0} rows are unconfirmed, usual is {r.Get<decimal>("usual"):F1} % (max_unconfirmed_percent = {settings.MaxUnconfirmedPercent:0.##})"),
        cancel, ("run_id", run.RunId), ("most", settings.MaxUnconfirmedPercent));

    private static string Json(List<Measure> measures)
    {
        var text = new StringBuilder("{");
        foreach (var m in measures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 1 ? "," : "")}\"{m.Name}\":{(m.Name == Planned ? m.Rows : Math.Round(m.Percent, 4))}");
        }

        return text.Append('}').ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Measure(string Name, string Title, long Rows, long Planned, double? Median, int Runs)
    {
        public double Percent => Planned == 0 ? 0 : 100.0 * Rows / Planned;
    }
}
