using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>Test-CmEtlConfig -FunctionName: the published function runs its own preflight.</summary>
[Collection(ModuleServer.Name)]
public sealed class CheckTests(CloudFixture cloud, SandboxFixture sandbox) : IClassFixture<CloudFixture>, IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_function_that_is_ready_reports_its_checks_without_an_error()
    {
        cloud.Publish(sandbox.Worker, "ready");

        var findings = Check("ready");

        Assert.DoesNotContain(findings, f => f.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Information Function: ready, version $LATEST: x86_64, 2048 MiB, timeout 900 s, not in a VPC.", findings);
        Assert.Contains("Information Time limits: A chunk has 890 s: the function's timeout of 900 s minus CMETL_DEADLINE_MARGIN_SECONDS.", findings);
        Assert.Contains(findings, f => f.StartsWith("Information Network: Port", StringComparison.Ordinal));
        // Another test may have turned on TLS in the shared server.
        Assert.Contains(findings, f => f.StartsWith("Warning TLS: The connection is ", StringComparison.Ordinal)
            && f.EndsWith("so the server's certificate is not verified.", StringComparison.Ordinal));
        Assert.StartsWith("Information Function: ready:live, version 1:", Check("ready:live")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("port", "POSTGRES_PORT", "9", "Error Network: The connection to port 9 of the database server was refused.")]
    [InlineData("name", "POSTGRES_HOST", "db.invalid", "Error Network: The name of the database server cannot be resolved.")]
    [InlineData("password", "POSTGRES_PASSWORD", "wrong", "Error Login: ")]
    [InlineData("database", "POSTGRES_DATABASE", "nowhere", "Error Login: ")]
    [InlineData("ledger", "CMETL_LEDGER_SCHEMA", "nowhere", "Error Ledger: ")]
    [InlineData("setting", "CMETL_MAX_CONCURRENCY", "many", "Error Function: setting: ")]
    [InlineData("iam", "CMETL_RDS_IAM", "true", "Error Function: iam: ")]
    public void Every_problem_is_one_finding_with_a_remedy(string function, string variable, string value, string finding)
    {
        cloud.Publish(sandbox.Worker, function, (variable, value));

        var error = Assert.Single(Check(function), f => f.StartsWith("Error", StringComparison.Ordinal));

        Assert.StartsWith(finding, error, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(cloud.Shell.RunClean($"(Test-CmEtlConfig -FunctionName {function} {cloud.AtLambda} | Where-Object Severity -EQ Error).Remedy")).ToString());
    }

    [Fact]
    public void A_function_that_Lambda_refuses_and_a_database_beside_the_function_are_errors()
    {
        cloud.Shell.Run($"Test-CmEtlConfig -FunctionName nowhere {cloud.AtLambda}");
        Assert.StartsWith("ResourceNotFoundException", cloud.Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);

        cloud.Shell.Run($"Test-CmEtlConfig -FunctionName nowhere -Database x {cloud.AtLambda}");
        Assert.StartsWith("ParameterConflict", cloud.Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private List<string> Check(string function) =>
        [.. cloud.Shell.RunClean($"Test-CmEtlConfig -FunctionName {function} {cloud.AtLambda}").Select(f => $"{Text(f, "Severity")} {Text(f, "Check")}: {Text(f, "Message")}")];

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
