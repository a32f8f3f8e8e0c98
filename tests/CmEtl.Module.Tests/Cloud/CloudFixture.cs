using System.Management.Automation;
using CmEtl.AwsBench;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Tests;

/// <summary>An AWS account on loopback, and a shell that is logged in to it.</summary>
public sealed class CloudFixture : IAsyncLifetime
{
    public const string FunctionRole = "arn:aws:iam::123456789012:role/cm-etl-function";
    public const string ExecutionRole = "arn:aws:iam::123456789012:role/cm-etl-execution";
    public const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl:live";

    private StepFunctionsBench? _bench;

    public StepFunctionsBench StepFunctions => _bench!;

    public LambdaHost Lambda { get; } = new(new LambdaAccount());

    /// <summary>The log of the function cm-etl.</summary>
    public LogsBench Logs { get; }

    public CloudFixture() => Logs = new LogsBench("cm-etl", () => Lambda.Log);

    internal Shell Shell { get; } = new();

    /// <summary>Parameters that every command for Lambda needs here.</summary>
    public string AtLambda => $"-EndpointUrl {Lambda.Endpoint}";

    /// <summary>Parameters that every command for Step Functions needs here.</summary>
    public string AtStepFunctions => $"-EndpointUrl {StepFunctions.Url}";

    public async Task InitializeAsync()
    {
        var options = new BenchOptions { LambdaUrl = Lambda.Endpoint, RetryMilliseconds = 20 };
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", options.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", options.SecretKey);
        Environment.SetEnvironmentVariable("AWS_REGION", options.Region);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", Logs.Url.ToString());
        _bench = Requirement.Skip(Node.Missing) is null ? await StepFunctionsBench.StartAsync(options) : null;
    }

    public async Task DisposeAsync()
    {
        Shell.Dispose();
        Lambda.Dispose();
        Logs.Dispose();
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }
    }

    /// <summary>Publishes the packed function for a database.</summary>
    internal PSObject Publish(SandboxSql database, string name = "cm-etl", params (string Name, string Value)[] more)
    {
        var variables = database.Environment.Append(new("CMETL_SSL_MODE", "prefer")).ToDictionary();
        foreach (var (variable, value) in more)
        {
            variables[variable] = value;
        }

        var table = string.Join("; ", variables.Select(v => $"'{v.Key}' = '{v.Value}'"));
        return Assert.Single(Shell.RunClean(
            $"Publish-CmLambda '{FunctionPackage.Zip}' -FunctionName {name} -RoleArn {FunctionRole} -Environment @{{ {table} }} -Alias live {AtLambda}"));
    }

    /// <summary>Deploys a machine that calls a function.</summary>
    internal PSObject Deploy(string functionArn, string definition, string name) => Assert.Single(Shell.RunClean(
        $"Deploy-CmStateMachine {functionArn} -RoleArn {ExecutionRole} -StateMachineName {name} -DefinitionFile {definition} {AtStepFunctions}"));
}
