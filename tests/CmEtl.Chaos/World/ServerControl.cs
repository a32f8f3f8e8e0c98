using CmEtl.Sandbox;

namespace CmEtl.Chaos.World;

/// <summary>Stops a sandbox's server without ceremony and starts it again where it was.</summary>
internal sealed class ServerControl(PostgresSandbox sandbox)
{
    private readonly SandboxFolder _folder = SandboxFolder.Open(sandbox.Path)!;

    public Task StopAsync() => SandboxServer.StopAsync(_folder);

    public async Task StartAsync()
    {
        var run = await ToolRun.StartAsync(
            ServerAccount.Wrap(
                _folder.Programs().PgCtl, "start", "-s", "-w", "-t", "60", "-D", _folder.Data, "-l", _folder.Log, "-o", $"-p {sandbox.Port}"),
            CancellationToken.None);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"The server did not come back: {run.Output}{Environment.NewLine}{_folder.LogTail()}");
        }
    }
}
