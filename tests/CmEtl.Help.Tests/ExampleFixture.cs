using System.Management.Automation;
using System.Reflection;
using CmEtl.AwsBench;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Tests;

/// <summary>
/// The environment of the examples: a sandbox with a failed run as the session's connection, a separate folder, and an AWS account on
/// loopback in which the function and the machine are deployed.
/// </summary>
public sealed class ExampleFixture : IAsyncLifetime
{
    private const string Account = "arn:aws:iam::123456789012:role/";

    private const string Broken = """
        SELECT r.state = 'failed' AND r.reason = 'arranged' AND EXISTS (SELECT FROM cm_etl.chunk AS c WHERE c.run_id = r.run_id AND c.state = 'failed')
          FROM cm_etl.run AS r ORDER BY r.started_at DESC LIMIT 1
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cmetl-examples-");
    private PSObject _sandbox = null!;
    private SandboxSql _sql = null!;
    private StepFunctionsBench? _bench;

    public HelpShell Shell { get; } = new();

    private LambdaHost Lambda { get; } = new(new LambdaAccount());

    public async Task InitializeAsync()
    {
        var options = new BenchOptions { LambdaUrl = Lambda.Endpoint, RetryMilliseconds = 20 };
        _bench = Requirement.Skip(Node.Missing) is null ? await StepFunctionsBench.StartAsync(options) : null;
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", options.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", options.SecretKey);
        Environment.SetEnvironmentVariable("AWS_REGION", options.Region);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", _bench?.Url.ToString());
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", Lambda.Endpoint.ToString());
        // A run of some hundred rows: opening and preparing a session costs more than its rows.
        Environment.SetEnvironmentVariable("CMETL_MAX_CONCURRENCY", "2");
        _sandbox = Assert.Single(Shell.Run("New-CmSandbox -Visits 2000"));
        _sql = SandboxSql.Of(_sandbox);
        _sql.Execute("CREATE ROLE cm_worker LOGIN; CREATE ROLE cm_operator LOGIN");
        _folder.CreateSubdirectory("output");
        Shell.Run($"Set-Location '{_folder.FullName}'");
    }

    public async Task DisposeAsync()
    {
        Shell.Run($"Set-Location /; Remove-CmSandbox '{_sandbox.Properties["Path"].Value}'");
        Shell.Dispose();
        Lambda.Dispose();
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Prepares a newest run that has a failed chunk and a chunk whose worker is gone. No process works on it.</summary>
    public void BreakRun()
    {
        ConnectAgain();
        if (_sql.Scalar(Broken) == "True")
        {
            return;
        }

        Shell.Run("while ((Get-CmEtlStatus -Last 1).State -eq 'Running') { Start-Sleep -Milliseconds 50 }");
        Shell.Run("$Env:CMETL_TARGET_CHUNK_SIZE = 100; Start-CmEtl -New -Confirm:$false -Wait");
        _sql.Execute("""
            UPDATE cm_etl.run SET state = 'failed', reason = 'arranged'
             WHERE state = 'completed' AND started_at = (SELECT max(started_at) FROM cm_etl.run);
            UPDATE cm_etl.chunk AS c SET state = CASE chunk_id WHEN 1 THEN 'failed' ELSE 'processing' END,
                   lease_until = clock_timestamp() - interval '1 hour',
                   finished_at = NULL, failures = CASE chunk_id WHEN 1 THEN 4 ELSE 0 END
              FROM cm_etl.run AS r WHERE r.run_id = c.run_id AND r.reason = 'arranged' AND chunk_id IN (1, 2)
            """);
    }

    /// <summary>Prepares a newest run that is completed.</summary>
    public void CompleteRun()
    {
        ConnectAgain();
        Shell.Run("$Env:CMETL_TARGET_CHUNK_SIZE = 100; Start-CmEtl -New -Confirm:$false -Wait");
    }

    /// <summary>Publishes the function for the sandbox and lets the machine call it, whatever the previous example changed.</summary>
    public void Deploy()
    {
        var zip = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "output")).FullName, "cmetl-lambda.zip");
        File.Copy(FunctionPackage.Zip, zip, overwrite: true);
        var variables = string.Join("; ", _sql.Environment.Select(v => $"{v.Key} = '{v.Value}'"));
        Shell.Run(
            $"Publish-CmLambda '{zip}' -RoleArn {Account}cm-etl-function -Alias live" +
            $" -Environment @{{ {variables}; CMETL_SSL_MODE = 'prefer'; CMETL_RDS_IAM = $null }} |" +
            $" Deploy-CmStateMachine -DefinitionFile etl_pipeline_phase2_chunked.json -TargetChunkSize 100 -RoleArn {Account}cm-etl-execution");
    }

    // An example may have made its own sandbox the session's connection.
    private void ConnectAgain()
    {
        var connection = ((PSObject)PSObject.AsPSObject(_sandbox.Properties["Connection"].Value)).BaseObject;
        connection.GetType().Assembly.GetType("CmEtl.PowerShell.CmSession", throwOnError: true)!
            .GetProperty("Connection", BindingFlags.Static | BindingFlags.Public)!.SetValue(null, connection);
    }
}
