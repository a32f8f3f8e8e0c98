using System.Data.Common;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace CmEtl.Tests;

/// <summary>SQL on a sandbox, by the driver that the module brings along: a second one in the default load context would hide a leak.</summary>
internal sealed class SandboxSql(PSObject sandbox, string? database = null)
{
    /// <summary>What POSTGRES_* has to say for a program that shall work on the sandbox.</summary>
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["POSTGRES_HOST"] = Text(sandbox, "Host"),
        ["POSTGRES_PORT"] = Text(sandbox, "Port"),
        ["POSTGRES_DATABASE"] = database ?? Text(sandbox, "Database"),
        ["POSTGRES_USER"] = Text(sandbox, "User"),
        ["POSTGRES_PASSWORD"] = Password(sandbox),
    };

    public void Execute(string sql) => Scalar(sql);

    public string Scalar(string sql)
    {
        var driver = AssemblyLoadContext.All.Single(c => c.Name == "CmEtl").LoadFromAssemblyName(new AssemblyName("Npgsql"));
        using var connection = (DbConnection)Activator.CreateInstance(driver.GetType("Npgsql.NpgsqlConnection", throwOnError: true)!)!;
        connection.ConnectionString =
            $"Host={Environment["POSTGRES_HOST"]};Port={Environment["POSTGRES_PORT"]};Database={Environment["POSTGRES_DATABASE"]};" +
            $"Username={Environment["POSTGRES_USER"]};Password={Environment["POSTGRES_PASSWORD"]};Pooling=false";
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static string Text(PSObject value, string property) => Convert.ToString(value.Properties[property].Value, CultureInfo.InvariantCulture)!;

    // A connection shows its password to nobody, tests included.
    private static string Password(PSObject sandbox)
    {
        var connection = ((PSObject)PSObject.AsPSObject(sandbox.Properties["Connection"].Value)).BaseObject;
        return (string)connection.GetType().GetProperty("Password", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(connection)!;
    }
}
