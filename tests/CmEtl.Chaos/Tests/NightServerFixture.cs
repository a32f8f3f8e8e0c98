using CmEtl.Chaos.Nights;

namespace CmEtl.Chaos.Tests;

/// <summary>One server for all worlds of a class that do no harm to other databases. The others start their own.</summary>
public sealed class NightServerFixture : IAsyncLifetime
{
    internal NightServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await NightServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
