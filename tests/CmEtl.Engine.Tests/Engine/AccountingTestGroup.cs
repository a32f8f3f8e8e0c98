namespace CmEtl.Engine.Tests.Engine;

/// <summary>The tests that compare whole tables after a run. They take about a third of the time of all tests that need a server.</summary>
[CollectionDefinition(Name)]
public sealed class AccountingTestGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Accounting";
}
