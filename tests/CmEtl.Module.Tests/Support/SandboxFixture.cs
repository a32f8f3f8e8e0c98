using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>
/// A database for the tests of a class, which is the session's connection. Commands run as the worker, with only the rights of
/// sql/roles/worker.sql. Tests prepare and read data as the owner.
/// </summary>
public sealed class SandboxFixture : IDisposable
{
    private readonly ModuleServer? _server;

    /// <summary>A copy in the server that all tests share.</summary>
    public SandboxFixture(ModuleServer server)
    {
        _server = server;
        Sandbox = server.Copy();
        Sql = SandboxSql.Of(Sandbox);
        Worker = ModuleServer.BecomeWorker(Sandbox);
    }

    /// <summary>A separate server, for a test that needs a larger or a second one.</summary>
    internal SandboxFixture(int visits)
    {
        Sandbox = Assert.Single(Shell.RunClean($"New-CmSandbox -Visits {visits}"));
        Sql = SandboxSql.Of(Sandbox);
        ModuleServer.CreateWorker(Sql);
        Worker = ModuleServer.BecomeWorker(Sandbox);
    }

    public PSObject Sandbox { get; }

    internal Shell Shell { get; } = new();

    /// <summary>SQL as the owner.</summary>
    internal SandboxSql Sql { get; }

    internal SandboxSql Worker { get; }

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Drop(Sandbox);
        }
        else
        {
            Shell.Run($"Remove-CmSandbox '{Sandbox.Properties["Path"].Value}' -Confirm:$false");
        }

        Shell.Dispose();
    }
}
