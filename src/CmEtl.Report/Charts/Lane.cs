namespace CmEtl.Report;

/// <summary>A row of the timeline.</summary>
/// <param name="Label">Whose attempts they are.</param>
/// <param name="Slots">How many attempts at once it stands for.</param>
/// <param name="Attempts">They, in the order of their start.</param>
internal sealed record Lane(string Label, int Slots, IReadOnlyList<ChunkAttempt> Attempts);
