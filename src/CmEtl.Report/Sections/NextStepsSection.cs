using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>What the operator should do next, with the commands.</summary>
internal static class NextStepsSection
{
    private const int MostNamed = 20;

    public static Html Render(ReportModel model) => Html.Of($"""
        <section aria-labelledby="next"><h2 id="next">What to do next</h2><ol class="next">{Steps(model).Select(s => Html.Of(
            $"<li><p>{s.Text}</p>{Html.When(s.Command.Length > 0, $"<pre><code>{s.Command}</code></pre>")}</li>\n"))}</ol></section>

        """);

    private static IEnumerable<(string Text, string Command)> Steps(ReportModel model)
    {
        var (run, report) = (model.Status, model.Report);
        if (!model.IsNewest)
        {
            return [($"A newer run, {report.NewestRunId}, was started on this schema, so this run can no longer be resumed. Check the newer run.",
                $"Export-CmEtlReport -RunId {report.NewestRunId} -Path {report.NewestRunId}.html")];
        }

        return run.State switch
        {
            RunState.Completed => Completed(run),
            RunState.Running when report.Alive => Running(run),
            RunState.Abandoned => [("The run was abandoned and its marks are released. Sweeping is not safe. Start a new run.", "Start-CmEtl -Wait")],
            _ => Unfinished(model),
        };
    }

    private static IEnumerable<(string, string)> Completed(EtlStatus run)
    {
        var left = run.RowsUnconfirmed + run.RowsDeferred;
        if (!run.SweepSafe)
        {
            yield return run is { Implausible.Length: > 0, ApprovedAt: null }
                ? ("Sweeping is not safe: the result is not plausible. Check the last load of the analytics tables. If it was incomplete, correct it and start a new run. "
                    + "If the figures are correct, approve the run.", $"Approve-CmEtlRun -RunId {run.RunId} -Reason '...'")
                : ("Sweeping is no longer safe. Start a new run.", "Start-CmEtl -Wait");
            yield break;
        }

        yield return ($"Sweeping is safe: the later tasks may resolve the {Figures.Count(left, "row")} that are still marked: "
            + $"{Figures.Count(run.RowsUnconfirmed)} unconfirmed and {Figures.Count(run.RowsDeferred)} deferred.", "");
        if (run.RowsMissed > 0)
        {
            yield return ($"Added or changed after their chunk was done: {Figures.Count(run.RowsMissed.Value, "row")}. The next run examines them.", "");
        }

        if (run.RowsDoubtful > 0)
        {
            yield return ($"{Figures.Count(run.RowsDoubtful, "row")} may be unconfirmed only because a visit has an unusable value. "
                + "Correct these visits before the sweep. This command lists the chunks.",
                $"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object RowsDoubtful");
        }

        if (run.GpsRejects + run.UnusableValues + run.WidthCuts > 0)
        {
            yield return ($"{Figures.Count(run.GpsRejects, "GPS text")} and {Figures.Count(run.UnusableValues, "other value")} could not be used. "
                + $"{Figures.Count(run.WidthCuts, "value")} had to be truncated to the width of their column. This command lists the chunks.",
                $"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object {{ $_.GpsRejects + $_.UnusableValues + $_.WidthCuts }}");
        }
    }

    private static IEnumerable<(string, string)> Running(EtlStatus run)
    {
        yield return ("Wait until the run is completed. Sweeping is not safe until then. This command shows the status.", $"Get-CmEtlStatus -RunId {run.RunId}");
        if (run.ChunksStuck > 0)
        {
            yield return ($"{Figures.Count(run.ChunksStuck, "chunk")} got stuck: the lease has expired and no worker is processing it. A worker of this run will take it over. "
                + "This command shows the held rows.", $"Reset-CmStuckRows -RunId {run.RunId} -WhatIf");
        }

        if (run.ChunksFailed > 0)
        {
            yield return ($"{Figures.Count(run.ChunksFailed, "chunk")} failed. The run will end as failed. The cause is under Retries and faults.", "");
        }
    }

    private static IEnumerable<(string, string)> Unfinished(ReportModel model)
    {
        var run = model.Status;
        var quarantined = model.Report.Chunks.Where(c => c.State == ChunkState.Quarantined).Select(c => c.ChunkId).ToList();
        var failed = model.Report.Chunks.Count(c => c.State == ChunkState.Failed);
        yield return ("Sweeping is not safe, because a row that is still marked may be a live conflict that was not checked.", "");
        if (failed > 0)
        {
            yield return ($"{Figures.Count(failed, "chunk")} failed. Remove the cause, which is under Retries and faults, and retry.",
                $"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object State -eq Failed | Invoke-CmChunk");
        }

        if (quarantined.Count > 0)
        {
            yield return ($"Quarantined: {Figures.Count(quarantined.Count, "chunk")}, each with one row that cannot be updated. Correct the row, then reset the chunk.",
                $"Reset-CmStuckRows -RunId {run.RunId} -ChunkId {string.Join(", ", quarantined.Take(MostNamed))}");
        }

        if (run.ChunksStuck > 0)
        {
            yield return ($"{Figures.Count(run.ChunksStuck, "chunk")} got stuck with {Figures.Count(run.RowsLocked, "held row")}. The next start takes over.  "
                + "To release the rows without a start, preview the reset, then run it without -WhatIf.", $"Reset-CmStuckRows -RunId {run.RunId} -WhatIf");
        }

        yield return (model.Report.ReadAt < model.Report.ResumableUntil
            ? $"Start again to resume this run, process only the unfinished chunks and verify it. This is possible until {Figures.Moment(model.Report.ResumableUntil)} UTC."
            : "Start again. This run is too old to be resumed, so a new run begins and processes every row.", "Start-CmEtl -Wait");
    }
}
