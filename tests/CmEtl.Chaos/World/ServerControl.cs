using CmEtl.Sandbox;

namespace CmEtl.Chaos.World;

/// <summary>Kills a sandbox's server and starts it again with the same data.</summary>
internal sealed class ServerControl(string path, int port)
{
    private readonly SandboxFolder _folder = SandboxFolder.Open(path)!;

    public ServerControl(PostgresSandbox sandbox)
        : this(sandbox.Path, sandbox.Port)
    {
    }

    public Task StopAsync() => SandboxServer.StopAsync(_folder);

    /// <param name="environment">Variables of the server, each as NAME=value.</param>
    public async Task StartAsync(params string[] environment)
    {
        var run = await ToolRun.StartAsync(
            ServerAccount.Wrap(
                ["env", .. environment, _folder.Programs().PgCtl, "start", "-s", "-w", "-t", "60", "-D", _folder.Data, "-l", _folder.Log, "-o", $"-p {port}"]),
            CancellationToken.None);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"The server did not come back: {run.Output}{Environment.NewLine}{_folder.LogTail()}");
        }
    }
}
