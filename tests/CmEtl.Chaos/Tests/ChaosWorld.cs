using CmEtl.Chaos.World;

namespace CmEtl.Chaos.Tests;

/// <summary>One small world for all tests that let worker processes at it, one after the other.</summary>
public sealed class ChaosWorld : IAsyncLifetime
{
    private const int Visits = 300;

    internal ChaosDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await ChaosDatabase.StartAsync(Visits, CancellationToken.None);

    public async Task DisposeAsync() => await Database.DisposeAsync();
}
