using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>The id and state of the run, and the verdict in one sentence.</summary>
internal static class HeadlineSection
{
    public static Html Render(ReportModel model)
    {
        var (report, run) = (model.Report, model.Status);
        return Html.Of($"""
            <header><p class="eyebrow">CmEtl run</p>
            <h1>{run.RunId} <span class="state {Figures.Name(run.State)}">{run.State.ToString()}</span></h1>
            <p class="verdict">{Verdict(model)}</p>
            <dl class="facts">
            {Fact("Window", $"{Figures.Day(run.WindowFrom)} – {Figures.Day(run.WindowTo)}")}{Fact("Started", Figures.Moment(run.StartedAt))}
            {Fact("Finished", run.FinishedAt is { } end ? Figures.Moment(end) : "not yet")}{Fact("Duration", Figures.Duration(run.Elapsed))}{Fact("Working time", Figures.Duration(model.WorkTime + TimeRanges.Merge(model.Steps.Select(s => (s.Start, s.End)), TimeSpan.Zero).Sum()))}
            {Fact("Database", $"{report.Database}{(report.Host.Length > 0 ? $" on {report.Host}" : "")}, schema {report.ConflictSchema}")}</dl></header>

            """);
    }

    private static string Verdict(ReportModel model)
    {
        var run = model.Status;
        return run.State switch
        {
            RunState.Completed when !run.SweepSafe => $"Verified, but not sweep-safe: {Sentence(run.Reason)}",
            RunState.Completed => $"Verified. Every chunk is done, and each of the {Figures.Count(run.RowsPlanned, "planned row")} is accounted for."
                + (run.ApprovedAt is { } at ? $" Its result was not plausible and was {Sentence(run.Reason)} That was at {Figures.Moment(at)} UTC." : ""),
            RunState.Running when !model.Report.Alive => $"Not verified: {Sentence(run.Reason.Length > 0 ? run.Reason : "no process works on it")}",
            RunState.Running => $"In progress, {Figures.Percent(run.PercentComplete, 100)} of the rows are processed{(run.Reason.Length > 0 ? $": {run.Reason.TrimEnd('.')}" : "")}."
                + (run.Eta is { } eta ? $" About {Figures.Duration(eta)} left." : ""),
            _ => $"Not verified: {Sentence(run.Reason.Length > 0 ? run.Reason : "its counts do not add up")}",
        };
    }

    private static string Sentence(string text) => text.TrimEnd('.') + ".";

    private static Html Fact(string name, string value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");
}
