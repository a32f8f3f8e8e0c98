using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>One small sandbox for the tests of a class; it is the session's connection.</summary>
public sealed class SandboxFixture : IDisposable
{
    public const int Visits = 2000;

    private readonly Shell _shell = new();

    public SandboxFixture()
    {
        Sandbox = Assert.Single(_shell.RunClean($"New-CmSandbox -Visits {Visits}"));
    }

    public PSObject Sandbox { get; }

    internal Shell Shell => _shell;

    internal SandboxSql Sql => new(Sandbox);

    public void Dispose()
    {
        _shell.Run($"Remove-CmSandbox '{Sandbox.Properties["Path"].Value}' -Confirm:$false");
        _shell.Dispose();
    }
}
