namespace CmEtl.Report;

/// <summary>A lane of the timeline.</summary>
/// <param name="Label">Name of the worker.</param>
/// <param name="Slots">Number of concurrent attempts that the lane can represent.</param>
/// <param name="Attempts">The attempts, in the order of their start.</param>
internal sealed record Lane(string Label, int Slots, IReadOnlyList<ChunkAttempt> Attempts);
