namespace CmEtl.Engine;

/// <summary>The current requests for a running run.</summary>
/// <param name="Stop">Whether to start no further chunk.</param>
/// <param name="Suspended">Whether to start no further chunk until the run is resumed.</param>
/// <param name="MaxConcurrency">Workers of each process; null means the process's own setting.</param>
internal sealed record RunControls(bool Stop, bool Suspended, int? MaxConcurrency);
