using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Tests;

/// <summary>A theory that needs node and npm; skipped by name where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodePackages.Missing;
}
