namespace CmEtl.Chaos.Tests;

/// <summary>Tests of this collection share one world and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ChaosTestGroup : ICollectionFixture<ChaosWorld>
{
    public const string Name = "Chaos";
}
