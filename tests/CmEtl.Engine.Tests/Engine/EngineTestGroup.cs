namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// The tests of this collection share one server and run one after the other. Other collections run at the same time on their own servers.
/// </summary>
[CollectionDefinition(Name)]
public sealed class EngineTestGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Engine";
}
