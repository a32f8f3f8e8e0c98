namespace CmEtl.Engine.Tests.Engine;

/// <summary>The tests of runs that depend on an earlier run. They take about a third of the time of all tests that need a server.</summary>
[CollectionDefinition(Name)]
public sealed class DeltaTestGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Delta";
}
