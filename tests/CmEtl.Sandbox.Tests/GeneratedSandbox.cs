namespace CmEtl.Sandbox.Tests;

/// <summary>One small sandbox for all tests that only read.</summary>
public sealed class GeneratedSandbox : IAsyncLifetime
{
    public static readonly SandboxOptions Options = new() { Visits = 2_000, Seed = 7 };

    public PostgresSandbox Sandbox { get; private set; } = null!;

    public async Task InitializeAsync() => Sandbox = await PostgresSandbox.StartAsync(Options, null, default);

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(GeneratedSandbox).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
