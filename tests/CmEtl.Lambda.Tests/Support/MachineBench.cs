using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using CmEtl.Aws.Definitions;
using CmEtl.AwsBench.S3;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Lambda.Tests;

/// <summary>
/// The packed function on a copy of the data, S3, and a states-language interpreter that calls the function over signed HTTP and reads from
/// S3. On disposal it searches everything that the executions have left behind for SSNs.
/// </summary>
internal sealed class MachineBench : IAsyncDisposable
{
    public const string Bucket = "cm-etl-bucket";

    private static readonly BenchOptions Options = new() { RetryMilliseconds = 20 };

    private readonly StepFunctionsBench _states;

    private MachineBench(World world, S3Bench s3, StepFunctionsBench states)
    {
        (World, S3, _states) = (world, s3, states);
        var config = new AmazonStepFunctionsConfig();
        (config.ServiceURL, config.AuthenticationRegion, config.MaxErrorRetry) = (states.Url.ToString(), Options.Region, 0);
        Client = new AmazonStepFunctionsClient(new BasicAWSCredentials(Options.AccessKey, Options.SecretKey), config);
    }

    public World World { get; }

    public S3Bench S3 { get; }

    public AmazonStepFunctionsClient Client { get; }

    public static async Task<MachineBench> StartAsync(DataServer server, params (string Name, string Value)[] environment)
    {
        var s3 = await S3Bench.StartAsync(Options, Bucket);
        var world = await World.StartAsync(server, environment: [.. Role(s3), .. environment]);
        return new(world, s3, await StepFunctionsBench.StartAsync(Options with { LambdaUrl = world.Host.Endpoint, S3Url = s3.Url }));
    }

    /// <summary>The variables that Lambda sets for a function with a role, and the endpoint of S3.</summary>
    public static (string Name, string Value)[] Role(S3Bench s3) =>
    [
        ("AWS_ACCESS_KEY_ID", Options.AccessKey), ("AWS_SECRET_ACCESS_KEY", Options.SecretKey), ("AWS_REGION", Options.Region),
        ("AWS_ENDPOINT_URL_S3", s3.Url.ToString()),
    ];

    /// <summary>Deploys a definition, starts it and waits for its end.</summary>
    public async Task<DescribeExecutionResponse> RunAsync(string definition, string name)
    {
        var template = DefinitionTemplate.Load(Path.Combine(Repository.Root, "step_functions", definition + ".json"));
        var values = new Dictionary<string, string>
        {
            ["LambdaFunctionArn"] = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl:live", ["MaxConcurrency"] = "3", ["ChunksPerBatch"] = "2",
            ["ManifestBucket"] = Bucket,
        };
        var machine = await Client.CreateStateMachineAsync(
            new()
            {
                Name = "cm-etl", RoleArn = "arn:aws:iam::123456789012:role/cm-etl",
                Definition = PipelineDefinition.Render(template, values.Where(v => template.Placeholders.Contains(v.Key)).ToDictionary()),
            },
            default);
        var started = await Client.StartExecutionAsync(new() { StateMachineArn = machine.StateMachineArn, Name = name, Input = "{}" },
            default);
        return await EndAsync(started.ExecutionArn);
    }

    /// <summary>Redrives an execution and waits for its end.</summary>
    public async Task<DescribeExecutionResponse> RedriveAsync(string executionArn)
    {
        await Client.RedriveExecutionAsync(new() { ExecutionArn = executionArn }, default);
        return await EndAsync(executionArn);
    }

    /// <summary>How often the execution entered a state.</summary>
    public async Task<int> EnteredAsync(string executionArn, string state)
    {
        var history = await Client.GetExecutionHistoryAsync(new() { ExecutionArn = executionArn, MaxResults = 10_000 }, default);
        return history.Events.Count(e => e.StateEnteredEventDetails?.Name == state);
    }

    public async ValueTask DisposeAsync()
    {
        string[] left = [.. _states.Told, .. await S3.ReadAllAsync(Bucket)];
        Client.Dispose();
        await _states.DisposeAsync();
        await World.DisposeAsync();
        await S3.DisposeAsync();
        Secrets.AssertNoSsn(World.Server, left);
    }

    private async Task<DescribeExecutionResponse> EndAsync(string executionArn)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var now = await Client.DescribeExecutionAsync(new() { ExecutionArn = executionArn }, limit.Token);
            if (now.Status.Value != "RUNNING")
            {
                return now;
            }

            await Task.Delay(100, limit.Token);
        }
    }
}
