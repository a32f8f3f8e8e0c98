using System.Management.Automation;
using System.Reflection;

// The session's connection and the environment belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CmEtl.Tests;

/// <summary>
/// The single sandbox of all tests of this assembly, created with the cmdlet. Each class works in a copy of its database, see <see
/// cref="SandboxFixture"/>.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ModuleServer : ICollectionFixture<ModuleServer>, IDisposable
{
    public const string Name = "Module";

    public const int Visits = 2000;

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Shell _shell = new();
    private readonly PSObject _sandbox;
    private readonly SandboxSql _owner;
    private int _copies;

    public ModuleServer()
    {
        // A run of some hundred rows: opening and preparing a session costs more than its rows.
        Environment.SetEnvironmentVariable("CMETL_MAX_CONCURRENCY", "2");
        _sandbox = Assert.Single(_shell.RunClean($"New-CmSandbox -Visits {Visits}"));
        _owner = SandboxSql.Of(_sandbox);
        CreateWorker(_owner);
    }

    /// <summary>A copy of the database, in the form in which New-CmSandbox would return it.</summary>
    internal PSObject Copy()
    {
        var name = $"copy_{++_copies}";
        _owner.In("postgres").Execute($"CREATE DATABASE {name} TEMPLATE {_owner.Environment["POSTGRES_DATABASE"]}");
        var connection = Clone(ConnectionOf(_sandbox));
        Set(connection, "Database", name);
        var sandbox = Clone(_sandbox.BaseObject);
        Set(sandbox, "Connection", connection);
        UseInSession(connection);
        return PSObject.AsPSObject(sandbox);
    }

    internal void Drop(PSObject copy)
    {
        UseInSession(null);
        _owner.In("postgres").Execute($"DROP DATABASE {copy.Properties["Database"].Value} WITH (FORCE)");
    }

    /// <summary>
    /// Creates the role that has only the rights of sql/roles/worker.sql, and changes the sandbox's connection, and so the session's, to
    /// it.
    /// </summary>
    internal static SandboxSql BecomeWorker(PSObject sandbox)
    {
        var worker = SandboxSql.Of(sandbox).As(RoleScript.Worker, RoleScript.Password);
        // The sandbox and the session share one connection object, and a script cannot create another one that has a password.
        Set(ConnectionOf(sandbox), "User", RoleScript.Worker);
        Set(ConnectionOf(sandbox), "Password", RoleScript.Password);
        return worker;
    }

    internal static void CreateWorker(SandboxSql owner)
    {
        using var connection = owner.Open();
        RoleScript.CreateWorkerAsync(connection).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _shell.RunClean($"Remove-CmSandbox '{_sandbox.Properties["Path"].Value}' -Confirm:$false");
        _shell.Dispose();
    }

    private static object ConnectionOf(PSObject sandbox) => PSObject.AsPSObject(sandbox.Properties["Connection"].Value).BaseObject;

    private static object Clone(object record) => record.GetType().GetMethod("<Clone>$", Any)!.Invoke(record, null)!;

    private static void Set(object record, string property, object? value) =>
        record.GetType().GetProperty(property, Any)!.SetValue(record, value);

    private void UseInSession(object? connection) => ConnectionOf(_sandbox).GetType().Assembly.GetType("CmEtl.PowerShell.CmSession", throwOnError: true)!
        .GetProperty("Connection", Any)!.SetValue(null, connection);
}
