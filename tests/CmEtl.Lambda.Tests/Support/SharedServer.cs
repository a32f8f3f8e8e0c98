namespace CmEtl.Lambda.Tests;

[CollectionDefinition(Name)]
public sealed class SharedServer : ICollectionFixture<DataServer>
{
    public const string Name = "Lambda";
}
