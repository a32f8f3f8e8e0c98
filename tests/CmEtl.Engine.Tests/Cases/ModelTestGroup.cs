namespace CmEtl.Engine.Tests.Cases;

/// <summary>Tests that compare with the model. They share one server and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ModelTestGroup : ICollectionFixture<ModelServer>
{
    public const string Name = "Model";
}
