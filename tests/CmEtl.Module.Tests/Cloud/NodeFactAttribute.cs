using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Tests;

/// <summary>A test that needs node and npm; skipped by name where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodePackages.Missing;
}
