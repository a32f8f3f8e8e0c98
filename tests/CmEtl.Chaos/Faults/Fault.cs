namespace CmEtl.Chaos.Faults;

/// <summary>A planned fault.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Point">The point of a worker at which it happens; null means at a random time.</param>
/// <param name="Skip">How often the point is passed before the fault happens.</param>
/// <param name="Milliseconds">How long a worker is frozen or a connection delayed, or the wait before the random time.</param>
/// <param name="Delivered">Whether the worker's message reaches the server before the fault; otherwise after it, if at all.</param>
internal sealed record Fault(FaultKind Kind, PausePoint? Point, int Skip, int Milliseconds, bool Delivered);
