using System.Data.Common;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace CmEtl.Tests;

/// <summary>
/// Runs SQL on a sandbox with the driver of the module, because a second driver in the default load context would hide a leak.
/// </summary>
/// <param name="Environment">The POSTGRES_* variables for a program that works on the sandbox.</param>
internal sealed record SandboxSql(Dictionary<string, string> Environment)
{
    /// <summary>A user that does not exist, for a cmdlet that must not connect.</summary>
    public const string Nobody = "-Database d -Credential ([pscredential]::new('u', [securestring]::new()))";

    /// <summary>The same as parameters of a cmdlet.</summary>
    public string Parameters =>
        $"-HostName {Environment["POSTGRES_HOST"]} -Port {Environment["POSTGRES_PORT"]} -Database {Environment["POSTGRES_DATABASE"]} " +
        $"-Credential ([pscredential]::new('{Environment["POSTGRES_USER"]}', [Net.NetworkCredential]::new('', '{Environment["POSTGRES_PASSWORD"]}').SecurePassword))";

    /// <summary>SQL as the role of the sandbox's connection.</summary>
    public static SandboxSql Of(PSObject sandbox) => new(new Dictionary<string, string>
    {
        ["POSTGRES_HOST"] = Text(sandbox, "Host"),
        ["POSTGRES_PORT"] = Text(sandbox, "Port"),
        ["POSTGRES_DATABASE"] = Text(sandbox, "Database"),
        ["POSTGRES_USER"] = Text(sandbox, "User"),
        ["POSTGRES_PASSWORD"] = Password(sandbox),
    });

    public SandboxSql As(string user, string password) =>
        new(new Dictionary<string, string>(Environment) { ["POSTGRES_USER"] = user, ["POSTGRES_PASSWORD"] = password });

    public SandboxSql In(string database) => new(new Dictionary<string, string>(Environment) { ["POSTGRES_DATABASE"] = database });

    public void Execute(string sql) => Scalar(sql);

    public string Scalar(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    public DbConnection Open()
    {
        var driver = AssemblyLoadContext.All.Single(c => c.Name == "CmEtl").LoadFromAssemblyName(new AssemblyName("Npgsql"));
        var connection = (DbConnection)Activator.CreateInstance(driver.GetType("Npgsql.NpgsqlConnection", throwOnError: true)!)!;
        connection.ConnectionString =
            $"Host={Environment["POSTGRES_HOST"]};Port={Environment["POSTGRES_PORT"]};Database={Environment["POSTGRES_DATABASE"]};" +
            $"Username={Environment["POSTGRES_USER"]};Password={Environment["POSTGRES_PASSWORD"]};Pooling=false";
        connection.Open();
        return connection;
    }

    /// <summary>Holds the locks of the statement until the connection is disposed.</summary>
    public DbConnection Hold(string statement)
    {
        var connection = Open();
        connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
        return connection;
    }

    private static string Text(PSObject value, string property) =>
        Convert.ToString(value.Properties[property].Value, CultureInfo.InvariantCulture)!;

    // A connection does not reveal its password, not even to tests.
    private static string Password(PSObject sandbox)
    {
        var connection = ((PSObject)PSObject.AsPSObject(sandbox.Properties["Connection"].Value)).BaseObject;
        return (string)connection.GetType().GetProperty("Password", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(connection)!;
    }
}
