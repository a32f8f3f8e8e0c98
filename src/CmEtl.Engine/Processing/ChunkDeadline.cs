namespace CmEtl.Engine;

/// <summary>The time that a function has for its work. A chunk that used most of it is too large for the function.</summary>
/// <param name="Time">From the start of the work until the deadline.</param>
/// <param name="Expired">Cancelled at the deadline, and not when the caller stops for another reason.</param>
public sealed record ChunkDeadline(TimeSpan Time, CancellationToken Expired)
{
    /// <summary>Whether the deadline is over and most of the time was spent on one chunk.</summary>
    internal bool IsUsedUpBy(TimeSpan elapsed) => Expired.IsCancellationRequested && elapsed >= Time / 2;
}
