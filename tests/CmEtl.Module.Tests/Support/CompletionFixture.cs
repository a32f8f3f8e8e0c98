namespace CmEtl.Tests;

/// <summary>Two runs: <c>first</c> is completed, <c>second</c> has chunks that failed.</summary>
public sealed class CompletionFixture : IDisposable
{
    public CompletionFixture(ModuleServer server)
    {
        Sandbox = new SandboxFixture(server);
        Sandbox.Shell.RunClean("Start-CmEtl -RunId first -Wait");
        Environment.SetEnvironmentVariable("CMETL_RETRY_MAX_ATTEMPTS", "0");
        try
        {
            using var broken = new BrokenDay(Sandbox);
            Sandbox.Shell.Run("Start-CmEtl -RunId second -New -Wait -TargetChunkSize 100");
        }
        finally
        {
            Environment.SetEnvironmentVariable("CMETL_RETRY_MAX_ATTEMPTS", null);
        }

        Failed = [.. Sandbox.Shell.RunClean("Get-CmChunkPlan -RunId second | Where-Object State -ne Done").Select(c => $"{c.Properties["ChunkId"].Value}")];
    }

    public SandboxFixture Sandbox { get; }

    public IReadOnlyList<string> Failed { get; }

    public void Dispose() => Sandbox.Dispose();
}
