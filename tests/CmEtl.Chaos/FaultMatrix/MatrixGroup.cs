using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The tests of this collection share one server, each with its own database, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MatrixGroup : ICollectionFixture<EngineServer>
{
    public const string Name = "Fault matrix";
}
