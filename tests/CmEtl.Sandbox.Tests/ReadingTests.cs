namespace CmEtl.Sandbox.Tests;

/// <summary>Lets all classes of this collection share one sandbox.</summary>
[CollectionDefinition(Name)]
public class ReadingTests : ICollectionFixture<GeneratedSandbox>
{
    public const string Name = "reads one sandbox";
}
