using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using CmEtl.Aws.Lambda;

namespace CmEtl.Aws.Tests;

public sealed class LambdaClientTests
{
    [Fact]
    public async Task A_function_is_called_by_its_arn_and_alias()
    {
        await using var stub = new StubLambda(call => new JsonObject { ["echo"] = call.DeepClone() });
        using var client = Bench.NewLambda(stub.Url);
        var answer = await client.InvokeAsync(new() { FunctionName = Definitions.FunctionArn, Qualifier = "live", Payload = """{"action":"x"}""" }, default);
        Assert.Equal((200, null, """{"echo":{"action":"x"}}"""), (answer.StatusCode, answer.FunctionError, Encoding.UTF8.GetString(answer.Payload!.ToArray())));
        Assert.EndsWith("/invocations?Qualifier=live", stub.Paths.Single(), StringComparison.Ordinal);
        Assert.Contains("cm-task-ag-test01", stub.Paths.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_throws_is_an_answer()
    {
        await using var stub = new StubLambda(_ => throw new StubError("CmEtl.Permanent", "no"));
        using var client = Bench.NewLambda(stub.Url);
        var answer = await client.InvokeAsync(new() { FunctionName = "f" }, default);
        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Contains("CmEtl.Permanent", Encoding.UTF8.GetString(answer.Payload!.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_error_and_a_wrong_secret_are_exceptions_by_code()
    {
        await using var stub = new StubLambda(_ => throw new StubError("ResourceNotFoundException", "no", 404));
        using var client = Bench.NewLambda(stub.Url);
        using var stranger = Bench.NewLambda(stub.Url, "wrong");
        Assert.Equal("ResourceNotFoundException",
            (await Assert.ThrowsAsync<AmazonServiceException>(
            () => client.GetFunctionAsync(new() { FunctionName = "f" }, default))).ErrorCode);
        Assert.Equal("InvalidSignatureException",
            (await Assert.ThrowsAsync<AmazonServiceException>(
            () => stranger.GetFunctionAsync(new() { FunctionName = "f" }, default))).ErrorCode);
    }

    [Fact]
    public async Task Code_goes_as_base64_to_its_path()
    {
        await using var stub = new StubLambda(_ => new JsonObject { ["FunctionName"] = "f", ["CodeSha256"] = "abc" });
        using var client = Bench.NewLambda(stub.Url);
        var answer = await client.UpdateFunctionCodeAsync(new() { FunctionName = "f", ZipFile = new([1, 2, 3]), Publish = true }, default);
        Assert.Equal("abc", answer.CodeSha256);
        Assert.Equal("PUT /2015-03-31/functions/f/code", stub.Paths.Single());
        Assert.Equal("AQID", (string?)stub.Calls().Single()["ZipFile"]);
    }

    [Fact]
    public async Task Waiting_ends_with_the_update_and_reports_why_it_failed()
    {
        var states = new Queue<(string State, string Update)>([("Pending", "InProgress"), ("Active", "InProgress"), ("Active", "Successful"), ("Active", "Failed")]);
        await using var stub = new StubLambda(_ =>
        {
            var (state, update) = states.Dequeue();
            return new JsonObject { ["Configuration"] = new JsonObject { ["FunctionArn"] = "arn", ["State"] = state, ["LastUpdateStatus"] = update, ["LastUpdateStatusReason"] = "disk full" } };
        });
        using var client = Bench.NewLambda(stub.Url);
        Assert.Equal("Successful", (await client.WaitUntilReadyAsync("f", TimeSpan.FromSeconds(30), default)).Configuration.LastUpdateStatus?.Value);
        Assert.Single(states);
        Assert.Contains("disk full",
            (await Assert.ThrowsAsync<AmazonClientException>(
            () => client.WaitUntilReadyAsync("f", TimeSpan.FromSeconds(30), default))).Message, StringComparison.Ordinal);
    }
}
