namespace CmEtl.Engine;

/// <summary>What is asked of a run under way.</summary>
/// <param name="Stop">Whether no further chunk is to be begun.</param>
/// <param name="Suspended">Whether none is to be begun until the run is resumed.</param>
/// <param name="MaxConcurrency">Workers of each process; null: the process's own setting.</param>
internal sealed record RunControls(bool Stop, bool Suspended, int? MaxConcurrency);
