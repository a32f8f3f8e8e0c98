using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>
/// docs/first-run-on-aws.md, word for word: its SQL on the sandbox, its commands with an account on loopback, the packed function and a
/// server whose certificate is trusted only with the published bundle.
/// </summary>
[Collection(ModuleServer.Name)]
public sealed partial class FirstNightTests(CloudFixture cloud, SandboxFixture sandbox)
    : IClassFixture<CloudFixture>, IClassFixture<SandboxFixture>
{
    private const int PerSandbox = 3;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "first-run-on-aws.md"));

    [NodeFact]
    public void The_page_can_be_followed_to_a_verified_run()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "output"), Path.GetDirectoryName(AwsBench.FunctionPackage.Zip)!);
        ServeTls(Path.Combine(folder, "global-bundle.pem"));
        // RDS has this role.
        sandbox.Sql.Execute("CREATE ROLE rds_iam");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", cloud.Lambda.Endpoint.ToString());
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", cloud.StepFunctions.Url.ToString());
        try
        {
            cloud.Shell.RunClean($"$null = $ExecutionContext.SessionState.Path.SetLocation('{folder}')");
            foreach (Match block in Block().Matches(Page))
            {
                if (block.Groups[1].Value == "sql")
                {
                    sandbox.Sql.Execute(block.Groups[2].Value);
                }
                else
                {
                    cloud.Shell.RunClean(ForHere(block.Groups[2].Value));
                }
            }

            Assert.Contains("rds-db:us-east-1:123456789012:dbuser:db-ABCDEFGHIJKL01234/cm_worker", File.ReadAllText(Path.Combine(folder, "policies", "function_role.json")), StringComparison.Ordinal);
            Assert.Contains("iam:PassRole", File.ReadAllText(Path.Combine(folder, "policies", "deployer.json")), StringComparison.Ordinal);
            Assert.All(FileName().Matches(Page).Select(m => m.Groups[1].Value),
                f => Assert.True(File.Exists(Path.Combine(folder, "policies", f)), f));
            var findings = cloud.Shell.RunClean("Test-CmEtlConfig -FunctionName $function.LambdaFunctionArn").Select(f => $"{f.Properties["Severity"].Value} {f.Properties["Message"].Value}").ToList();
            Assert.DoesNotContain(findings, f => f.StartsWith("Error", StringComparison.Ordinal));
            Assert.Contains("Information The connection is encrypted.", findings);
            Assert.Equal("Succeeded Completed", Text("\"$($night.State) $($night.Run.State)\""));
            AssertConnections();
            // Without the bundle the function's own preflight fails.
            cloud.Shell.RunClean("$null = Publish-CmLambda output -Environment @{ CMETL_ROOT_CERTIFICATE = $null }");
            Assert.StartsWith("The server's certificate does not satisfy ssl_mode", Text("(Test-CmEtlConfig -FunctionName cm-etl | Where-Object Severity -EQ Error).Message"), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", null);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", null);
            Directory.Delete(folder, recursive: true);
        }
    }

    // Idle environments keep their connections, which the page includes in its budget.
    private void AssertConnections()
    {
        var connections = int.Parse(sandbox.Sql.Scalar("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cm_etl' AND usename = 'cm_worker'"), CultureInfo.InvariantCulture);
        Assert.InRange(connections, 1, PerSandbox * cloud.Lambda.Sandboxes.Count);
        Assert.Contains($"| up to {PerSandbox} |", Page, StringComparison.Ordinal);
    }

    /// <summary>Gives the sandbox's server a certificate, and writes the certificate of its authority to a file.</summary>
    private void ServeTls(string bundle)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=First night authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(29), [1, 2, 3]);
        File.WriteAllText(bundle, authority.ExportCertificatePem());

        var data = sandbox.Sql.Scalar("SHOW data_directory");
        var configuration = Path.Combine(data, "postgresql.conf");
        Write(Path.Combine(data, "server.crt"), server.ExportCertificatePem());
        Write(Path.Combine(data, "server.key"), key.ExportPkcs8PrivateKeyPem());
        sandbox.Sql.Execute("ALTER SYSTEM SET ssl = on");
        sandbox.Sql.Execute("SELECT pg_reload_conf()");
        for (var until = DateTime.UtcNow.AddMinutes(1); sandbox.Sql.Scalar("SHOW ssl") != "on"; Thread.Sleep(100))
        {
            Assert.True(DateTime.UtcNow < until, "The server has not turned TLS on.");
        }

        // The server reads its key only if it owns the file, and it does not run as root.
        void Write(string path, string text)
        {
            File.WriteAllText(path, text);
            foreach (var (program, argument) in new[] { ("chmod", "600"), ("chown", $"--reference={configuration}") })
            {
                using var process = Process.Start(program, [argument, path]);
                process.WaitForExit();
                Assert.Equal(0, process.ExitCode);
            }
        }
    }

    // The function must reach the sandbox with a password, because its server accepts no tokens.
    private string ForHere(string block)
    {
        var variables = sandbox.Worker.Environment.Append(new("CMETL_SSL_MODE", "verify-full")).Select(v => $"'{v.Key}' = '{v.Value}'");
        // This shell has only the commands of the module and of PowerShell's core.
        return EnvironmentTable().Replace(Formatting().Replace(block, ""), $"-Environment @{{ {string.Join("; ", variables)} }}");
    }

    private string Text(string expression) => Assert.Single(cloud.Shell.RunClean(expression)).ToString();

    [GeneratedRegex("^```(powershell|sql)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@" \| (Format-\w+|Select-Object) .*$", RegexOptions.Multiline)]
    private static partial Regex Formatting();

    [GeneratedRegex(@"-Environment @\{.*?\}")]
    private static partial Regex EnvironmentTable();

    [GeneratedRegex("`([a-z_]+\\.json)`")]
    private static partial Regex FileName();
}
