using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>A border case: how to prepare it, and what its stored row must contain after a run.</summary>
public sealed record RuleCase(
    string Name, Func<ScenarioBuilder, Task<StoredPair>> Arrange, Outcome Outcome, IReadOnlyList<(string Column, object? Value)> Expected)
{
    public override string ToString() => Name;
}
