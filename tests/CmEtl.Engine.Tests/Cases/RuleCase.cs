using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>One border case: how to arrange it and what its stored row must hold after a run.</summary>
public sealed record RuleCase(
    string Name, Func<ScenarioBuilder, Task<StoredPair>> Arrange, Outcome Outcome, IReadOnlyList<(string Column, object? Value)> Expected)
{
    public override string ToString() => Name;
}
