using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Aws.Tests;

/// <summary>A theory that needs node and npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodePackages.Missing;
}
