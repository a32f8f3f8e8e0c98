using Amazon.CloudWatchLogs;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Aws.Tests;

/// <summary>A bench, a stub function and a client that uses them over HTTP.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Role = "arn:aws:iam::123456789012:role/cm-step-function-lambda-role";

    private Bench(StepFunctionsBench server, StubLambda function)
    {
        Server = server;
        Function = function;
        Client = NewClient(server.Options.SecretKey);
    }

    public StepFunctionsBench Server { get; }

    public StubLambda Function { get; }

    public AmazonStepFunctionsClient Client { get; }

    public static async Task<Bench> StartAsync(PipelineStub? pipeline = null, BenchOptions? options = null)
    {
        var function = new StubLambda((pipeline ?? new PipelineStub()).Answer);
        return new Bench(await StepFunctionsBench.StartAsync((options ?? new()) with { LambdaUrl = function.Url, RetryMilliseconds = 20 }),
            function);
    }

    public AmazonStepFunctionsClient NewClient(string secret, int retries = 0) =>
        new(new BasicAWSCredentials("AKIDBENCH", secret), Configure(new AmazonStepFunctionsConfig(), Server.Url, retries));

    public static AmazonLambdaClient NewLambda(Uri url, string secret = "bench-secret", int retries = 0) =>
        new(new BasicAWSCredentials("AKIDBENCH", secret), Configure(new AmazonLambdaConfig(), url, retries));

    public static AmazonStepFunctionsClient NewStepFunctions(Uri url, int retries = 0) =>
        new(new BasicAWSCredentials("AKIDBENCH", "bench-secret"), Configure(new AmazonStepFunctionsConfig(), url, retries));

    public static AmazonCloudWatchLogsClient NewLogs(Uri url, int retries = 0) =>
        new(new BasicAWSCredentials("AKIDBENCH", "bench-secret"), Configure(new AmazonCloudWatchLogsConfig(), url, retries));

    public async Task<string> CreateAsync(string definition, string name = "cm-etl") =>
        (await Client.CreateStateMachineAsync(new() { Name = name, Definition = definition, RoleArn = Role }, default)).StateMachineArn;

    /// <summary>Starts an execution and waits for its end.</summary>
    public async Task<DescribeExecutionResponse> RunAsync(string machineArn, string name = "run-1") =>
        await EndAsync(
            (await Client.StartExecutionAsync(new() { StateMachineArn = machineArn, Name = name, Input = "{}" }, default)).ExecutionArn);

    public async Task<DescribeExecutionResponse> EndAsync(string executionArn)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var now = await Client.DescribeExecutionAsync(new() { ExecutionArn = executionArn }, limit.Token);
            if (now.Status.Value != "RUNNING")
            {
                return now;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public async Task<List<HistoryEvent>> HistoryAsync(string executionArn)
    {
        var events = new List<HistoryEvent>();
        var page = new GetExecutionHistoryRequest { ExecutionArn = executionArn, MaxResults = 7 };
        do
        {
            var answer = await Client.GetExecutionHistoryAsync(page, default);
            events.AddRange(answer.Events);
            page.NextToken = answer.NextToken;
        }
        while (page.NextToken is not null);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await Function.DisposeAsync();
    }

    private static T Configure<T>(T config, Uri url, int retries)
        where T : ClientConfig
    {
        config.ServiceURL = url.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = retries;
        // The interpreter shares the processor with all other tests.
        config.Timeout = TimeSpan.FromMinutes(2);
        return config;
    }
}
