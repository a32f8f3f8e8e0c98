namespace CmEtl.Aws.Executions;

/// <summary>A state whose retries were used up.</summary>
/// <param name="Name">The state.</param>
/// <param name="ChunkId">The chunk it worked on, or null.</param>
/// <param name="Error">The error's name.</param>
/// <param name="Cause">What the function said: its message, without the JSON around it.</param>
/// <param name="At">When.</param>
public sealed record FailedState(string Name, int? ChunkId, string Error, string Cause, DateTimeOffset At)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(ChunkId is null ? "" : $" (chunk {ChunkId})")}: {Error}: {Cause}";
}
