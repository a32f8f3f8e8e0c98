using System.Globalization;

namespace CmEtl.Engine;

/// <summary>What a start would do at present with the newest unfinished run.</summary>
/// <param name="Unfinished">The unfinished run, or null if a new run would begin.</param>
/// <param name="Resumes">Whether it would be resumed. Otherwise a new run would replace it.</param>
/// <param name="Active">Whether a process works on that run, so that the start would be refused.</param>
/// <param name="Story">The explanation: <c>resumed</c>, or why the run would be replaced.</param>
/// <param name="WindowFrom">First visit date of the window, inclusive.</param>
/// <param name="WindowTo">Last visit date of the window, inclusive.</param>
public sealed record StartForecast(EtlStatus? Unfinished, bool Resumes, bool Active, string Story, DateOnly WindowFrom, DateOnly WindowTo)
{
    /// <summary>The remaining work of a run that is or would be abandoned or resumed, in words.</summary>
    public static string Left(EtlStatus run)
    {
        var rows = Math.Max(0, run.RowsPlanned - run.RowsConfirmed - run.RowsUnconfirmed - run.RowsDeferred);
        return run.ChunksTotal == 0
            ? "before its plan was made"
            : string.Create(CultureInfo.InvariantCulture, $"{run.ChunksTotal - run.ChunksDone:N0} of {run.ChunksTotal:N0} chunks and {rows:N0} of {run.RowsPlanned:N0} rows left");
    }

    /// <summary>The forecast in one or two sentences.</summary>
    public override string ToString()
    {
        var window = string.Create(CultureInfo.InvariantCulture, $"visits from {WindowFrom:yyyy-MM-dd} to {WindowTo:yyyy-MM-dd}");
        return Unfinished is not { } run ? $"A new run would begin: {window}."
            : Active ? $"Run {run.RunId} is active, and this start would be refused: {Story}."
            : Resumes ? $"Run {run.RunId} ({RunLedger.Text(run.State)}) would be resumed: {Left(run)}, {window}."
            : $"A new run would begin: {window}. Run {run.RunId} ({RunLedger.Text(run.State)}, {Left(run)}) would be {Story}.";
    }
}
