using Amazon.CloudWatchLogs;
using Amazon.Lambda;
using Amazon.StepFunctions;
using CmEtl.AwsBench;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

/// <summary>
/// Every request equals that of the AWS SDK for JavaScript: method, path, query, content type, target and other headers, and body.
/// </summary>
public sealed class WireTests
{
    [NodeFact]
    public async Task Every_request_equals_that_of_the_other_sdk()
    {
        using var recorder = new WireRecorder();
        await ForeignClient.SendAsync(recorder.Url,
            [.. Operations.StepFunctions.Select(o => ("sfn", o.Operation, o.Input)),
            .. Operations.Lambda.Select(o => ("lambda", o.Operation, o.Input)),
            .. Operations.Logs.Select(o => ("logs", o.Operation, o.Input))]);
        var theirs = recorder.Take();

        using var states = Bench.NewStepFunctions(recorder.Url);
        using var lambda = Bench.NewLambda(recorder.Url);
        using var logs = Bench.NewLogs(recorder.Url);
        foreach (var call in Operations.StepFunctions.Select(o => o.Call(states)).Concat(Operations.Lambda.Select(o => o.Call(lambda)))
            .Concat(Operations.Logs.Select(o => o.Call(logs))))
        {
            // An empty response is invalid for some operations, after a complete request.
            var refusal = await Record.ExceptionAsync(() => call);
            Assert.Equal(ErrorIds.UnexpectedReply, (refusal as CmEtlException)?.ErrorId ?? ErrorIds.UnexpectedReply);
        }

        Assert.Equal(theirs, recorder.Take());
        Assert.Equal(Operations.StepFunctions.Length + Operations.Lambda.Length + Operations.Logs.Length, theirs.Count);
    }

    [Fact]
    public void Every_operation_is_compared()
    {
        Assert.Equal(Names<IAmazonStepFunctions>(), Operations.StepFunctions.Select(o => o.Operation).Distinct());
        Assert.Equal(Names<IAmazonCloudWatchLogs>(), Operations.Logs.Select(o => o.Operation).Distinct());
        Assert.Equal(Names<IAmazonLambda>(), Operations.Lambda.Select(o => o.Operation).Distinct());
    }

    private static IEnumerable<string> Names<T>() => typeof(T).GetMethods().Select(m => m.Name.Replace("Async", "", StringComparison.Ordinal));
}
