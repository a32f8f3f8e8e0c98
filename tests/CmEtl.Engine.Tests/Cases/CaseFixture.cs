using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>All cases in one database. No row is changed by more than one case.</summary>
public abstract class CaseFixture(ModelServer server) : IAsyncLifetime
{
    private readonly Dictionary<string, StoredPair> pairs = new(StringComparer.Ordinal);

    public SandboxDatabase Database { get; private set; } = null!;

    /// <summary>The result that the model computes for the prepared data.</summary>
    public ExpectedTable Expected { get; private set; } = null!;

    public StoredPair PairOf(string name) => pairs[name];

    public virtual async Task InitializeAsync()
    {
        Database = await server.CreateAsync();
        var world = await ScenarioBuilder.CreateAsync(Database.Connection);
        foreach (var (name, item) in CaseCatalog.All)
        {
            pairs.Add(name, await item.Arrange(world));
        }

        Expected = await ReferenceModel.ComputeAsync(Database.Connection, ScenarioBuilder.Window);
    }

    public async Task DisposeAsync() => await Database.DisposeAsync();
}
