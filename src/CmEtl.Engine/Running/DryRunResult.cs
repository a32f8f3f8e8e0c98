using System.Globalization;

namespace CmEtl.Engine;

/// <summary>
/// What a run would do now. Every chunk was executed and rolled back: no row, no mark, no snapshot and nothing in the ledger was written,
/// and no later task may rely on it.
/// </summary>
public sealed record DryRunResult
{
    /// <summary>Always DryRun: there is no run.</summary>
    public string State { get; init; } = "DryRun";

    /// <summary>First visit date of the window, inclusive.</summary>
    public required DateOnly WindowFrom { get; init; }

    /// <summary>Last visit date of the window, inclusive.</summary>
    public required DateOnly WindowTo { get; init; }

    /// <summary>Chunks in the plan.</summary>
    public int ChunksTotal { get; init; }

    /// <summary>Chunks that were executed and rolled back.</summary>
    public int ChunksDone { get; init; }

    /// <summary>Chunks that could not be executed.</summary>
    public int ChunksFailed { get; init; }

    /// <summary>Rows in the plan.</summary>
    public long RowsPlanned { get; init; }

    /// <summary>Rows that would be confirmed.</summary>
    public long RowsConfirmed { get; init; }

    /// <summary>Of the confirmed rows: those in which a value would change.</summary>
    public long RowsChanged { get; init; }

    /// <summary>Of the confirmed rows: those that are equal already.</summary>
    public long RowsUnchanged { get; init; }

    /// <summary>Rows that would match no live pair and stay marked for the sweep.</summary>
    public long RowsUnconfirmed { get; init; }

    /// <summary>Of the unconfirmed rows: those whose visits have a value that cannot be used and may be why no rule held.</summary>
    public long RowsDoubtful { get; init; }

    /// <summary>In-service and paid-time-off rows.</summary>
    public long RowsDeferred { get; init; }

    /// <summary>GPS texts that could not be read.</summary>
    public long GpsRejects { get; init; }

    /// <summary>Days, times and numbers of the visits that cannot be used; GPS texts are counted apart.</summary>
    public long UnusableValues { get; init; }

    /// <summary>Values that would be cut to the width of their column.</summary>
    public long WidthCuts { get; init; }

    /// <summary>Time from the plan to the last chunk.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double ElapsedSeconds => Elapsed.TotalSeconds;

    /// <summary>Why chunks could not be executed, each reason once; empty when all were.</summary>
    public string Reason { get; init; } = "";

    internal DryRunResult With(ChunkCounts counts) => this with
    {
        ChunksDone = ChunksDone + 1, RowsConfirmed = RowsConfirmed + counts.Confirmed,
            RowsChanged = RowsChanged + counts.Confirmed - counts.Unchanged,
        RowsUnchanged = RowsUnchanged + counts.Unchanged, RowsUnconfirmed = RowsUnconfirmed + counts.Unconfirmed,
            RowsDoubtful = RowsDoubtful + counts.Doubtful,
        RowsDeferred = RowsDeferred + counts.Deferred, GpsRejects = GpsRejects + counts.GpsRejects,
            UnusableValues = UnusableValues + counts.UnusableValues,
        WidthCuts = WidthCuts + counts.WidthCuts,
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"DryRun: {ChunksDone:N0} of {ChunksTotal:N0} chunks, {RowsChanged:N0} rows would change");
}
