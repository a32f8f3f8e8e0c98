namespace CmEtl.Engine.Tests.Engine;

/// <summary>Tests of this collection share one server and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EngineTestGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Engine";
}
