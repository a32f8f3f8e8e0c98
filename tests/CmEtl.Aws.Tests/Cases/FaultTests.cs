using Amazon.CloudWatchLogs;
using Amazon.Runtime;
using Amazon.StepFunctions;
using CmEtl.AwsBench;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

/// <summary>Whatever answers in place of the service, every operation ends with one typed error that names the operation.</summary>
public sealed class FaultTests
{
    // Operations whose responses have no mandatory member.
    private static readonly string[] WithoutAnswer =
        ["DeleteStateMachineVersion", "ListTagsForResource", "TagResource", "UntagResource", "DeleteFunction", "DeleteFunctionConcurrency"];

    public static TheoryData<Fault> Answers =>
        [Fault.Html, Fault.HalfJson, Fault.EmptyBody, Fault.Null, Fault.Array, Fault.WrongTypes, Fault.NullMembers, Fault.OtherServer,
        Fault.Redirect];

    public static TheoryData<Fault> Connections => [Fault.ShortBody, Fault.ProxyError, Fault.Garbage, Fault.Reset, Fault.Close];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_of_something_else_is_an_error(Fault fault)
    {
        foreach (var (operation, call) in Calls())
        {
            using var server = new FaultServer(fault);
            var error = await ErrorAsync(call, server.Url, retries: 2);
            // The response of an invocation comes from the function and is parsed by RemoteChunk.
            var mayPass = fault is not (Fault.OtherServer or Fault.Redirect)
                && (operation == "Invoke"
                    || (WithoutAnswer.Contains(operation) && fault is Fault.EmptyBody or Fault.WrongTypes or Fault.NullMembers));
            Assert.True(mayPass ? error is null or { ErrorId: ErrorIds.UnexpectedReply } : error?.ErrorId == ErrorIds.UnexpectedReply, $"{operation}: {error?.ErrorId} {error?.Message}");
            Assert.Contains(error is null ? "" : operation, error?.Message ?? "", StringComparison.Ordinal);
            Assert.InRange(server.Requests, 1, 3);
        }
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_broken_connection_is_retried_twice_and_then_an_error(Fault fault)
    {
        await Task.WhenAll(Calls().Select(async c =>
        {
            using var server = new FaultServer(fault);
            var error = await ErrorAsync(c.Call, server.Url, retries: 2);
            Assert.Equal(fault == Fault.ProxyError ? ErrorIds.UnexpectedReply : ErrorIds.ServiceUnreachable, error?.ErrorId);
            Assert.Contains(c.Operation, error!.Message, StringComparison.Ordinal);
            Assert.Equal((ErrorKind.Transient, 3), (error.Kind, server.Requests));
        }));
    }

    [Theory]
    [InlineData(Fault.Trickle)]
    [InlineData(Fault.Silence)]
    public async Task An_answer_that_never_ends_is_given_up(Fault fault)
    {
        using var server = new FaultServer(fault);
        var config = new AmazonStepFunctionsConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1",
            Timeout = TimeSpan.FromMilliseconds(500), MaxErrorRetry = 1 };
        using var client = new AmazonStepFunctionsClient(new BasicAWSCredentials("AKIDBENCH", "bench-secret"), config);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => client.ListStateMachinesAsync(new()));

        Assert.Equal(ErrorIds.ServiceTimeout, error.ErrorId);
        Assert.Contains("ListStateMachines", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Trickle)]
    [InlineData(Fault.Silence)]
    public async Task A_log_that_never_ends_is_given_up(Fault fault)
    {
        using var server = new FaultServer(fault);
        var config = new AmazonCloudWatchLogsConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1",
            Timeout = TimeSpan.FromMilliseconds(500), MaxErrorRetry = 1 };
        using var client = new AmazonCloudWatchLogsClient(new BasicAWSCredentials("AKIDBENCH", "bench-secret"), config);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => client.FilterLogEventsAsync(new() { LogGroupName = "/aws/lambda/cm-etl" }));

        Assert.Equal(ErrorIds.ServiceTimeout, error.ErrorId);
        Assert.Contains("FilterLogEvents", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_wait_is_not_reported_as_a_timeout()
    {
        using var server = new FaultServer(Fault.Silence);
        using var client = Bench.NewStepFunctions(server.Url);
        using var stop = new CancellationTokenSource();
        var call = client.ListStateMachinesAsync(new(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static IEnumerable<(string Operation, Func<Uri, int, Task> Call)> Calls() =>
    [
        .. Operations.StepFunctions.Select(o => (o.Operation, new Func<Uri, int, Task>(async (url, retries) =>
        {
            using var client = Bench.NewStepFunctions(url, retries);
            await o.Call(client);
        }))),
        .. Operations.Lambda.Select(o => (o.Operation, new Func<Uri, int, Task>(async (url, retries) =>
        {
            using var client = Bench.NewLambda(url, retries: retries);
            await o.Call(client);
        }))),
        .. Operations.Logs.Select(o => (o.Operation, new Func<Uri, int, Task>(async (url, retries) =>
        {
            using var client = Bench.NewLogs(url, retries);
            await o.Call(client);
        }))),
    ];

    private static async Task<CmEtlException?> ErrorAsync(Func<Uri, int, Task> call, Uri url, int retries)
    {
        var error = await Record.ExceptionAsync(() => call(url, retries));
        Assert.True(error is null or CmEtlException or AmazonServiceException { ErrorCode: ErrorIds.UnexpectedReply }, $"{error}");
        return error is null ? null : AwsErrors.Translate(error);
    }
}
