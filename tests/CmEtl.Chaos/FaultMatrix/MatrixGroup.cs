using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>Tests of this collection share one server, each in a database of its own, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MatrixGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Fault matrix";
}
