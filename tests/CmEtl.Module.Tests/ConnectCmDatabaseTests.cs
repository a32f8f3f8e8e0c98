using System.Globalization;
using System.Management.Automation;

namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class ConnectCmDatabaseTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private const string Secret = "Tr0ub4dor-and-3";

    private readonly List<string> _variables = [];
    private readonly string _file = Path.GetTempFileName();

    private Shell Shell => sandbox.Shell;

    private Dictionary<string, string> Worker => sandbox.Worker.Environment;

    private string Address => $"Host={Worker["POSTGRES_HOST"]};Port={Worker["POSTGRES_PORT"]};Database={Worker["POSTGRES_DATABASE"]}";

    private string Login => $"{Address};Username={Worker["POSTGRES_USER"]};Password={Worker["POSTGRES_PASSWORD"]}";

    public void Dispose()
    {
        _variables.ForEach(v => Environment.SetEnvironmentVariable(v, null));
        File.Delete(_file);
        Shell.RunClean("Disconnect-CmDatabase");
    }

    [Fact]
    public void It_describes_the_server_and_every_cmdlet_uses_the_connection()
    {
        var reached = Assert.Single(Shell.RunClean($"Connect-CmDatabase {sandbox.Worker.Parameters}"));

        Assert.Equal("127.0.0.1", Text(reached, "Host"));
        Assert.Equal(Worker["POSTGRES_DATABASE"], Text(reached, "Database"));
        Assert.Equal(Worker["POSTGRES_USER"], Text(reached, "User"));
        Assert.Matches(@"^\d+\.\d+$", Text(reached, "ServerVersion"));
        Assert.Equal("False", Text(reached, "Tls"));
        Assert.True((int)reached.Properties["LedgerVersion"].Value >= 1);
        Assert.Equal(["conflict", "analytics", "cm_etl"], new[] { "ConflictSchema", "AnalyticsSchema", "LedgerSchema" }.Select(p => Text(reached, p)));
        Assert.NotEmpty(Shell.RunClean("Get-CmChunkPlan -Preview"));
    }

    [Fact]
    public void A_database_without_a_ledger_says_so()
    {
        var reached = Assert.Single(Shell.RunClean($"Connect-CmDatabase {sandbox.Sql.Parameters} -LedgerSchema nowhere"));

        Assert.Null(reached.Properties["LedgerVersion"].Value);
    }

    [Fact]
    public void A_wrong_password_is_reported_and_the_previous_connection_is_not_used()
    {
        Shell.RunClean($"Connect-CmDatabase {sandbox.Worker.Parameters}");

        Shell.Run($"Connect-CmDatabase '{Address}' -Credential ([pscredential]::new('{Worker["POSTGRES_USER"]}', [Net.NetworkCredential]::new('', '{Secret}').SecurePassword))");

        Assert.StartsWith("Postgres28", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Worker["POSTGRES_USER"], Shell.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains(Worker["POSTGRES_PORT"], Shell.Error.ToString(), StringComparison.Ordinal);
        Shell.Run("Get-CmEtlStatus");
        Assert.StartsWith("NoDatabase,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_will_do()
    {
        Shell.RunClean($"$null = Connect-CmDatabase -ConnectionString '{Login};SSL Mode=Prefer;Timezone=UTC;Timeout=5'");

        Assert.NotEmpty(Shell.RunClean("Test-CmEtlConfig"));
    }

    [Fact]
    public void The_environment_will_do_and_is_not_asked_again()
    {
        foreach (var (name, value) in Worker)
        {
            Set(name, value);
        }

        Shell.RunClean("$null = Connect-CmDatabase");
        Set("POSTGRES_DATABASE", "nowhere");
        Set("POSTGRES_CONFLICT_SCHEMA", "nowhere");

        Assert.NotEmpty(Shell.RunClean("Get-CmChunkPlan -Preview"));
    }

    [Fact]
    public void A_settings_file_goes_with_the_connection()
    {
        File.WriteAllText(_file, """{ "max_concurrency": 1000 }""");
        Shell.Run($"Connect-CmDatabase {sandbox.Worker.Parameters} -SettingsPath '{_file}'");
        Assert.Contains("max_concurrency", Shell.Error.ToString(), StringComparison.Ordinal);

        File.WriteAllText(_file, """{ "target_chunk_size": 40 }""");
        Shell.RunClean($"$null = Connect-CmDatabase {sandbox.Worker.Parameters} -SettingsPath '{_file}'");

        Assert.True(Shell.RunClean("Get-CmChunkPlan -Preview").Count > 5);
    }

    [Fact]
    public void Returned_connections_and_sandboxes_work_in_the_pipeline_and_as_arguments()
    {
        Assert.NotEmpty(Shell.RunClean($"Connect-CmDatabase {sandbox.Worker.Parameters} | Test-CmEtlConfig"));
        Shell.RunClean("Disconnect-CmDatabase");

        var reached = Assert.Single(Shell.Run("$input | Connect-CmDatabase", sandbox.Sandbox));
        Assert.Empty(Shell.Errors);
        Shell.RunClean("Disconnect-CmDatabase");

        Assert.NotEmpty(Shell.Run("Get-CmChunkPlan -Preview -Connection @($input)[0]", sandbox.Sandbox));
        Assert.NotEmpty(Shell.Run("Get-CmChunkPlan -Preview -Connection @($input)[0]", reached));
        Assert.NotEmpty(Shell.Run("Get-CmChunkPlan -Preview -Connection @($input)[0].Connection", reached));
        Assert.Empty(Shell.Errors);
    }

    [Fact]
    public void A_later_parameter_replaces_one_value()
    {
        Shell.RunClean($"$null = Connect-CmDatabase {sandbox.Worker.Parameters}");

        Shell.Run("Get-CmEtlStatus -Database nowhere");
        Assert.StartsWith("Postgres3D000,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Shell.RunClean("Test-CmEtlConfig -ConflictSchema nowhere"), f => Text(f, "Message").Contains("nowhere", StringComparison.Ordinal));
        Assert.NotEmpty(Shell.RunClean("Get-CmChunkPlan -Preview"));
    }

    [Theory]
    [InlineData("-HostName 127.0.0.1")]
    [InlineData("-Port 1")]
    [InlineData("-Credential ([pscredential]::new('u', [securestring]::new()))")]
    public void Naming_another_server_or_role_leaves_the_connection_aside(string other)
    {
        Shell.RunClean($"$null = Connect-CmDatabase {sandbox.Worker.Parameters}");

        Shell.Run($"Get-CmEtlStatus {other}");

        Assert.StartsWith("NoDatabase,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ConnectionString 'Host=a;Database=b' -HostName c", "HostName")]
    [InlineData("-ConnectionString 'Host=a;Database=b' -Database c", "Database")]
    [InlineData("-ConnectionString 'Host=a;Username=b' -Credential ([pscredential]::new('u', [securestring]::new()))", "Credential")]
    [InlineData("-ConnectionString 'Host=a' -Connection @($input)[0]", "Connection")]
    [InlineData("-Connection @($input)[0] -HostName c", "HostName")]
    public void Two_answers_to_where_are_refused(string parameters, string named)
    {
        Shell.Run($"Connect-CmDatabase {parameters}", sandbox.Sandbox);

        Assert.StartsWith("ConnectionTwice,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"-{named}", Shell.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Include Error Detail=true", "include error detail")]
    [InlineData("Log Parameters=true", "log parameters")]
    [InlineData("Search Path=x", "search path")]
    [InlineData("Pooling=false", "pooling")]
    [InlineData("Server=elsewhere", "host")]
    [InlineData("SSL Mode=Sometimes", "ssl_mode")]
    [InlineData("Port=0", "port")]
    public void An_unsupported_keyword_of_a_connection_string_is_refused_by_name(string more, string named)
    {
        Shell.Run($"Connect-CmDatabase 'Host=127.0.0.1;Database=d;Username=u;Password={Secret};{more}'");

        Assert.Contains(named, Shell.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Everything(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Database=d;Username=u;Password=x;{0}=1")]
    [InlineData("Host=127.0.0.1;Database=d;Username=u;Password=x;{0}")]
    [InlineData("Password={0};Host")]
    [InlineData("Password='{0}")]
    [InlineData("{0}")]
    [InlineData("{0}=")]
    [InlineData("postgresql://u:{0}@127.0.0.1/d?sslmode=require")]
    [InlineData("postgresql://u:{0}@127.0.0.1/d")]
    [InlineData("Host=127.0.0.1;Port=1;Database=d;Username=u;Password={0}")]
    public void A_password_is_never_repeated(string text)
    {
        var quoted = string.Format(CultureInfo.InvariantCulture, text, Secret).Replace("'", "''", StringComparison.Ordinal);

        Shell.Run($"Connect-CmDatabase '{quoted}' -Verbose");

        Assert.Contains(Shell.Error.FullyQualifiedErrorId.Split(',')[0], (string[])["InvalidConnectionString", "NoDatabase", "Postgres08006"]);
        Assert.DoesNotContain(Secret, Everything(), StringComparison.Ordinal);
        Assert.NotEmpty(Shell.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void The_returned_connection_contains_no_password()
    {
        var reached = Assert.Single(Shell.RunClean($"Connect-CmDatabase '{Login}' -Verbose -InformationAction Continue"));

        var said = PSSerializer.Serialize(reached, 9) + reached + string.Join(' ', reached.Properties.Select(p => p.Value))
            + string.Join(' ', Shell.Information);
        Assert.Contains(Worker["POSTGRES_USER"], said, StringComparison.Ordinal);
        Assert.DoesNotContain(Worker["POSTGRES_PASSWORD"], said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_without_tls_is_refused_where_it_is_demanded()
    {
        Shell.Run($"Connect-CmDatabase '{Login};SSL Mode=Require'");

        Assert.StartsWith("TlsFailed,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private void Set(string variable, string value)
    {
        _variables.Add(variable);
        Environment.SetEnvironmentVariable(variable, value);
    }

    private string Everything() => string.Join('\n', Shell.Errors.Select(e =>
        $"{e} {e.ErrorDetails} {e.Exception} {e.TargetObject} {e.ErrorDetails?.RecommendedAction} {e.ScriptStackTrace} {e.InvocationInfo.PositionMessage} "
        + $"{e.InvocationInfo.Line} {e.InvocationInfo.Statement} {string.Join(' ', e.InvocationInfo.BoundParameters.Values)}"));

    private static string Text(PSObject value, string property) =>
        Convert.ToString(value.Properties[property].Value, CultureInfo.InvariantCulture)!;
}
