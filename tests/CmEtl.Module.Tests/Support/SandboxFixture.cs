using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>
/// A database of the tests of a class; it is the session's connection. Commands work as the worker, with no other rights than
/// sql/roles/worker.sql; what a test arranges and reads is the owner's.
/// </summary>
public sealed class SandboxFixture : IDisposable
{
    private readonly ModuleServer? _server;

    /// <summary>A copy in the server of all tests.</summary>
    public SandboxFixture(ModuleServer server)
    {
        _server = server;
        Sandbox = server.Copy();
        Sql = SandboxSql.Of(Sandbox);
        Worker = ModuleServer.BecomeWorker(Sandbox);
    }

    /// <summary>A server of its own, for a test that needs a larger one or a second.</summary>
    internal SandboxFixture(int visits)
    {
        Sandbox = Assert.Single(Shell.RunClean($"New-CmSandbox -Visits {visits}"));
        Sql = SandboxSql.Of(Sandbox);
        ModuleServer.CreateWorker(Sql);
        Worker = ModuleServer.BecomeWorker(Sandbox);
    }

    public PSObject Sandbox { get; }

    internal Shell Shell { get; } = new();

    /// <summary>The owner's.</summary>
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
