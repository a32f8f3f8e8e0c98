using System.Management.Automation;
using System.Reflection;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Tests;

/// <summary>
/// One small sandbox for the tests of a class; it is the session's connection. Commands work as the worker, with no other rights than
/// sql/roles/worker.sql; what a test arranges and reads is the owner's.
/// </summary>
public sealed class SandboxFixture : IDisposable
{
    public const int Visits = 2000;

    private readonly Shell _shell = new();

    public SandboxFixture()
        : this(Visits)
    {
    }

    internal SandboxFixture(int visits)
    {
        Sandbox = Assert.Single(_shell.RunClean($"New-CmSandbox -Visits {visits}"));
        Sql = SandboxSql.Of(Sandbox);
        using (var connection = Sql.Open())
        {
            RoleScript.CreateWorkerAsync(connection).GetAwaiter().GetResult();
        }

        Worker = Sql.As(RoleScript.Worker, RoleScript.Password);
        Become(RoleScript.Worker, RoleScript.Password);
    }

    public PSObject Sandbox { get; }

    internal Shell Shell => _shell;

    /// <summary>The owner's.</summary>
    internal SandboxSql Sql { get; }

    internal SandboxSql Worker { get; }

    public void Dispose()
    {
        _shell.Run($"Remove-CmSandbox '{Sandbox.Properties["Path"].Value}' -Confirm:$false");
        _shell.Dispose();
    }

    // One object is the connection of both the sandbox and the session, and no script can make another that has a password.
    private void Become(string role, string password)
    {
        var connection = ((PSObject)PSObject.AsPSObject(Sandbox.Properties["Connection"].Value)).BaseObject;
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        connection.GetType().GetProperty("User", Any)!.SetValue(connection, role);
        connection.GetType().GetProperty("Password", Any)!.SetValue(connection, password);
    }
}
