using CmEtl.Chaos.World;

namespace CmEtl.Chaos.Tests;

/// <summary>A small database for all tests that start worker processes, used by one test after the other.</summary>
public sealed class ChaosWorld : IAsyncLifetime
{
    private const int Visits = 300;

    internal ChaosDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await ChaosDatabase.StartAsync(Visits, CancellationToken.None);

    public async Task DisposeAsync() => await Database.DisposeAsync();
}
