namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// Tests of this collection share one server and run one after the other; the other groups run at the same time on servers of their own.
/// </summary>
[CollectionDefinition(Name)]
public sealed class EngineTestGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Engine";
}
