using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>An inserted pair: its row ID and its two visits.</summary>
public sealed record StoredPair(ScenarioBuilder World, string Id, string FirstVisit, string SecondVisit)
{
    /// <summary>The current row.</summary>
    public Task<Row> ReadAsync() => World.ReadRowAsync(Id);
}
