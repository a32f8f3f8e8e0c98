using System.Globalization;

namespace CmEtl.Engine;

/// <summary>
/// What a run would do at present. Every chunk was executed and rolled back. No row, mark, snapshot or ledger entry was written, and later
/// tasks must not rely on it.
/// </summary>
public sealed record DryRunResult : RowCounts
{
    /// <summary>Always DryRun, because there is no run.</summary>
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

    /// <summary>Confirmed rows in which a value would change.</summary>
    public long RowsChanged { get; init; }

    /// <summary>Time from the plan to the last chunk.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double ElapsedSeconds => Elapsed.TotalSeconds;

    /// <summary>Why chunks could not be executed, each reason once; empty when all were executed.</summary>
    public string Reason { get; init; } = "";

    internal DryRunResult With(ChunkCounts counts) => Add(this, counts) with
    {
        ChunksDone = ChunksDone + 1, RowsChanged = RowsChanged + counts.RowsConfirmed - counts.RowsUnchanged,
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"DryRun: {ChunksDone:N0} of {ChunksTotal:N0} chunks, {RowsChanged:N0} rows would change");
}
