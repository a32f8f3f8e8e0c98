namespace CmEtl.Engine.Tests.Engine;

/// <summary>The tests that compare whole tables after a run, and a few that wait for long, so that the groups take about the same time.</summary>
[CollectionDefinition(Name)]
public sealed class AccountingTestGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Accounting";
}
