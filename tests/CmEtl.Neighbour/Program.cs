using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using Amazon.Runtime;
using Npgsql;

// neighbour <module> <url>: uses its own Npgsql and AWSSDK.Core, lets the module use its own versions, and uses its own again. The database
// is the one of POSTGRES_*. At the url a service refuses every request.
var (module, url) = (args[0], args[1]);
Own();
Module();
Own();
foreach (var context in AssemblyLoadContext.All)
{
    foreach (var name in context.Assemblies.Select(a => a.GetName()).Where(n => n.Name is "Npgsql" or "AWSSDK.Core"))
    {
        Console.WriteLine($"{context.Name}: {name.Name} {name.Version!.ToString(1)}");
    }
}

static void Own()
{
    using var connection = new NpgsqlConnection(
        $"Host={Variable("HOST")};Port={Variable("PORT")};Database={Variable("DATABASE")};Username={Variable("USER")};Password={Variable("PASSWORD")}");
    connection.Open();
    using var command = new NpgsqlCommand("SELECT current_user", connection);
    var key = FallbackCredentialsFactory.GetCredentials().GetCredentials().AccessKey;
    Console.WriteLine($"own: {command.ExecuteScalar()} {key}");
}

void Module()
{
    using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
    runspace.Open();
    using var shell = PowerShell.Create(runspace);
    shell.AddScript($$"""
        $ErrorActionPreference = 'Stop'
        Import-Module '{{module}}'
        "module: $((Connect-CmDatabase).User) $(@(Test-CmEtlConfig).Count -gt 0)"
        try { Start-CmEtl -StateMachineArn arn:aws:states:us-east-1:123456789012:stateMachine:m -EndpointUrl '{{url}}' -Confirm:$false }
        catch { "module: $($_.FullyQualifiedErrorId)" }
        """);
    foreach (var line in shell.Invoke())
    {
        Console.WriteLine(line);
    }
}

static string Variable(string name) => Environment.GetEnvironmentVariable($"POSTGRES_{name}") ?? "";
