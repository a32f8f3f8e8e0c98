namespace CmEtl.Aws.Executions;

/// <summary>A state whose retries were used up.</summary>
/// <param name="Name">Name of the state.</param>
/// <param name="ChunkId">Number of the chunk, or null.</param>
/// <param name="Error">Name of the error.</param>
/// <param name="Cause">The function's message, without the JSON around it.</param>
/// <param name="At">Time of the failure.</param>
public sealed record FailedState(string Name, int? ChunkId, string Error, string Cause, DateTimeOffset At)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(ChunkId is null ? "" : $" (chunk {ChunkId})")}: {Error}: {Cause}";
}
