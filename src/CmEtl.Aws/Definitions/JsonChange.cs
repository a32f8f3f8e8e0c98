namespace CmEtl.Aws.Definitions;

/// <summary>One difference between two documents.</summary>
/// <param name="Path">Where, like <c>States.ProcessTask02Chunks.MaxConcurrency</c>.</param>
/// <param name="Old">What was there, as JSON; null when nothing was.</param>
/// <param name="New">What is there now, as JSON; null when nothing is.</param>
public sealed record JsonChange(string Path, string? Old, string? New)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Old ?? "(none)"} -> {New ?? "(none)"}";
}
