using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>What somebody on duty does now, with the commands.</summary>
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
            return [($"A newer run was begun on this schema, {report.NewestRunId}; this one is not resumed any more. Look at the newer one.",
                $"Export-CmEtlReport -RunId {report.NewestRunId} -Path {report.NewestRunId}.html")];
        }

        return run.State switch
        {
            RunState.Completed => Completed(run),
            RunState.Running when report.Alive => Running(run),
            RunState.Abandoned => [("It was given up for good and its marks are released. Sweeping is not safe. Begin a new run.", "Start-CmEtl -Wait")],
            _ => Unfinished(model),
        };
    }

    private static IEnumerable<(string, string)> Completed(EtlStatus run)
    {
        var left = run.RowsUnconfirmed + run.RowsDeferred;
        if (!run.SweepSafe)
        {
            yield return run is { Implausible.Length: > 0, ApprovedAt: null }
                ? ("Sweeping is not safe: the result is not plausible. Look at the last load of the analytics tables. If it was incomplete, correct it and start a new run; "
                    + "if the numbers are right, approve the run.", $"Approve-CmEtlRun -RunId {run.RunId} -Reason '...'")
                : ("Sweeping is not safe any more. Start a new run.", "Start-CmEtl -Wait");
            yield break;
        }

        yield return ($"Sweeping is safe: the later tasks may resolve the {Figures.Count(left, "row")} that stay marked, "
            + $"{Figures.Count(run.RowsUnconfirmed)} unconfirmed and {Figures.Count(run.RowsDeferred)} deferred.", "");
        if (run.RowsMissed > 0)
        {
            yield return ($"{Figures.Count(run.RowsMissed.Value, "row")} came in or changed after their chunk was done. The next run examines them.", "");
        }

        if (run.RowsDoubtful > 0)
        {
            yield return ($"{Figures.Count(run.RowsDoubtful, "row")} of the unconfirmed ones may be unconfirmed only because a visit has a value that cannot be used. "
                + "Correct these visits before the rows are swept. See which chunks they are in.",
                $"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object RowsDoubtful");
        }

        if (run.GpsRejects + run.UnusableValues + run.WidthCuts > 0)
        {
            yield return ($"{Figures.Count(run.GpsRejects, "GPS text")} and {Figures.Count(run.UnusableValues, "other value")} could not be used, and "
                + $"{Figures.Count(run.WidthCuts, "value")} had to be cut to the width of their column. See which chunks they are in.",
                $"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object {{ $_.GpsRejects + $_.UnusableValues + $_.WidthCuts }}");
        }
    }

    private static IEnumerable<(string, string)> Running(EtlStatus run)
    {
        yield return ("Wait. Sweeping is not safe before it is completed. See where it stands.", $"Get-CmEtlStatus -RunId {run.RunId}");
        if (run.ChunksStuck > 0)
        {
            yield return ($"{Figures.Count(run.ChunksStuck, "chunk")} got stuck: the lease is over and nobody works on it. A worker of this run takes it over by itself; "
                + "see which rows are held.", $"Reset-CmStuckRows -RunId {run.RunId} -WhatIf");
        }

        if (run.ChunksFailed > 0)
        {
            yield return ($"{Figures.Count(run.ChunksFailed, "chunk")} failed; the run will end as failed. Look for the cause under Retries and faults.", "");
        }
    }

    private static IEnumerable<(string, string)> Unfinished(ReportModel model)
    {
        var run = model.Status;
        var quarantined = model.Report.Chunks.Where(c => c.State == ChunkState.Quarantined).Select(c => c.ChunkId).ToList();
        var failed = model.Report.Chunks.Count(c => c.State == ChunkState.Failed);
        yield return ("Sweeping is not safe: a row that is still marked may be a live conflict that was not looked at.", "");
        if (failed > 0)
        {
            yield return ($"{Figures.Count(failed, "chunk")} failed. Remove the cause, which is under Retries and faults, and try them again.",
                $"Get-CmEtlStatus -RunId {run.RunId} -Detailed | Where-Object State -eq Failed | Invoke-CmChunk");
        }

        if (quarantined.Count > 0)
        {
            yield return ($"{Figures.Count(quarantined.Count, "chunk")} hold one row each that cannot be updated. Correct the row, then set the chunk back.",
                $"Reset-CmStuckRows -RunId {run.RunId} -ChunkId {string.Join(", ", quarantined.Take(MostNamed))}");
        }

        if (run.ChunksStuck > 0)
        {
            yield return ($"{Figures.Count(run.ChunksStuck, "chunk")} got stuck and hold {Figures.Count(run.RowsLocked, "row")}. The next start takes them over; "
                + "to release them without a start, look first and then leave -WhatIf out.", $"Reset-CmStuckRows -RunId {run.RunId} -WhatIf");
        }

        yield return (model.Report.ReadAt < model.Report.ResumableUntil
            ? $"Start again: it resumes this run, does only what is left and verifies it. That is so until {Figures.Moment(model.Report.ResumableUntil)} UTC."
            : "Start again. This run is too old to be resumed, so that a new one begins and takes every row.", "Start-CmEtl -Wait");
    }
}
