using Xunit;

namespace CmEtl.Testing;

/// <summary>A test that needs node and npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Skips the test without node or npm, but not in CI.</summary>
    public NodeFactAttribute() => Skip = Requirement.Skip(Node.Missing);
}

/// <inheritdoc cref="NodeFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="NodeFactAttribute()"/>
    public NodeTheoryAttribute() => Skip = Requirement.Skip(Node.Missing);
}
