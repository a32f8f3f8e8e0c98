namespace CmEtl.Engine;

/// <summary>A chunk held by one worker. <see cref="Attempt"/> is its fence.</summary>
/// <param name="ChunkId">Its number.</param>
/// <param name="Attempt">The fence of every write.</param>
/// <param name="Failures">Number of failed attempts so far.</param>
/// <param name="From">First row of the range.</param>
/// <param name="To">First row after the range.</param>
/// <param name="EstimatedRows">Rows when it was planned.</param>
/// <param name="Dates">Visit dates when it was planned.</param>
/// <param name="Ssns">SSNs when it was planned.</param>
/// <param name="Round">0 for a chunk of the plan, otherwise the pass over late rows to which it belongs.</param>
internal sealed record ClaimedChunk(
    int ChunkId, int Attempt, int Failures, ChunkBound From, ChunkBound To, long EstimatedRows, int Dates, int Ssns, int Round)
{
    /// <summary>Whether it examines only rows whose current version the run has not examined.</summary>
    public bool Late => Round > 0;

    /// <summary>Whether its range is the whole window of the run.</summary>
    public bool Covers(RunRow run) => From == ChunkBound.BeforeDay(run.WindowFrom) && To == ChunkBound.BeforeDay(run.WindowTo.AddDays(1));
}
