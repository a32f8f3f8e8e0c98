namespace CmEtl.Chaos.Faults;

/// <summary>One planned fault.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Point">When: as the worker comes to this point; null means at a random moment.</param>
/// <param name="Skip">How often the point is passed by before.</param>
/// <param name="Milliseconds">How long a worker is frozen or a connection delayed, or how long to wait for the random moment.</param>
/// <param name="Delivered">Whether what the worker was about to say reaches the server before the fault, or after it, if at all.</param>
internal sealed record Fault(FaultKind Kind, PausePoint? Point, int Skip, int Milliseconds, bool Delivered);
