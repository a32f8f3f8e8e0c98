namespace CmEtl.Aws.Definitions;

/// <summary>One difference between two documents.</summary>
/// <param name="Path">Path of the value, such as <c>States.ProcessTask02Chunks.MaxConcurrency</c>.</param>
/// <param name="Old">The old value as JSON. Null if the value was added.</param>
/// <param name="New">The new value as JSON. Null if the value was removed.</param>
public sealed record JsonChange(string Path, string? Old, string? New)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Old ?? "(none)"} -> {New ?? "(none)"}";
}
