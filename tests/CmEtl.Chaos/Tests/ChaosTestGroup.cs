namespace CmEtl.Chaos.Tests;

/// <summary>The tests of this collection share one database and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ChaosTestGroup : ICollectionFixture<ChaosWorld>
{
    public const string Name = "Chaos";
}
