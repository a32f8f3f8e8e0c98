using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>A pair that was inserted: its row ID and its two visits.</summary>
public sealed record StoredPair(ScenarioBuilder World, string Id, string FirstVisit, string SecondVisit)
{
    /// <summary>The row as it is now.</summary>
    public Task<Row> ReadAsync() => World.ReadRowAsync(Id);
}
