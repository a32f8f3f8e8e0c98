namespace CmEtl.Engine;

/// <summary>The time limit of a function. A chunk that used most of it is too large for the function.</summary>
/// <param name="Time">From the start of the work until the deadline.</param>
/// <param name="Expired">Cancelled at the deadline, but not when the caller stops for another reason.</param>
public sealed record ChunkDeadline(TimeSpan Time, CancellationToken Expired)
{
    /// <summary>Whether the deadline has passed and one chunk used most of the time.</summary>
    internal bool IsUsedUpBy(TimeSpan elapsed) => Expired.IsCancellationRequested && elapsed >= Time / 2;
}
