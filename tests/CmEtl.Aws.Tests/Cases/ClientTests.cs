using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using CmEtl.AwsBench.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

public sealed class ClientTests
{
    private const string Pass = """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""";

    [NodeFact]
    public async Task A_wrong_secret_is_refused()
    {
        await using var bench = await Bench.StartAsync();
        using var client = bench.NewClient("wrong");
        var error = await Assert.ThrowsAsync<AmazonServiceException>(() => client.ListStateMachinesAsync(new(), default));
        Assert.Equal(("InvalidSignatureException", 400), (error.ErrorCode, (int)error.StatusCode));
        Assert.Empty(bench.Server.Calls);
    }

    [NodeFact]
    public async Task A_machine_comes_back_as_it_was_created()
    {
        await using var bench = await Bench.StartAsync();
        var arn = await bench.CreateAsync(Pass);
        var machine = await bench.Client.DescribeStateMachineAsync(new() { StateMachineArn = arn }, default);
        Assert.Equal((Pass, Bench.Role), (machine.Definition, machine.RoleArn));
        Assert.InRange(machine.CreationDate!.Value, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
    }

    [NodeFact]
    public async Task Errors_have_the_service_s_code_and_message()
    {
        await using var bench = await Bench.StartAsync();
        var error = await Assert.ThrowsAsync<AmazonServiceException>(
            () => bench.Client.DescribeStateMachineAsync(
            new() { StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:none" }, default));
        Assert.Equal("StateMachineDoesNotExist", error.ErrorCode);
        Assert.Contains("none", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RequestId);
    }

    [NodeFact]
    public async Task Throttling_is_retried_by_the_pipeline_and_a_refusal_is_not()
    {
        await using var bench = await Bench.StartAsync();
        using var client = bench.NewClient("bench-secret", retries: 2);
        bench.Server.Faults.Enqueue(("ListStateMachines", "ThrottlingException", 400));
        bench.Server.Faults.Enqueue(("ListStateMachines", "ServiceUnavailable", 503));
        Assert.Empty((await client.ListStateMachinesAsync(new(), default)).StateMachines);
        Assert.Equal(3, bench.Server.Calls.Count);
        bench.Server.Faults.Enqueue(("ListStateMachines", "AccessDeniedException", 400));
        await Assert.ThrowsAsync<AmazonServiceException>(() => client.ListStateMachinesAsync(new(), default));
        Assert.Equal(4, bench.Server.Calls.Count);
    }

    [NodeFact]
    public async Task The_endpoint_of_the_environment_is_used()
    {
        await using var bench = await Bench.StartAsync();
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", bench.Server.Url.ToString());
        try
        {
            var config = new AmazonStepFunctionsConfig();
            config.RegionEndpoint = Amazon.RegionEndpoint.USEast1;
            using var client = new AmazonStepFunctionsClient(new BasicAWSCredentials("AKIDBENCH", "bench-secret"), config);
            await client.ListStateMachinesAsync(new(), default);
            Assert.Single(bench.Server.Calls);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", null);
        }
    }

    [Theory]
    [InlineData("us-east-1", "https://states.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://states.cn-north-1.amazonaws.com.cn/")]
    public void The_endpoint_follows_region_and_partition(string region, string expected)
    {
        var config = new AmazonStepFunctionsConfig();
        config.IgnoreConfiguredEndpointUrls = true;
        config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        Assert.Equal(expected, new Uri(config.DetermineServiceOperationEndpoint(new(new ListStateMachinesRequest())).URL).ToString());
    }

    [Fact]
    public async Task A_refused_connection_is_an_immediate_error()
    {
        using var client = Bench.NewLambda(new Uri($"http://127.0.0.1:{StepFunctionsBench.FreePort()}/"));
        var error = await Assert.ThrowsAsync<CmEtlException>(() => client.GetFunctionAsync(new() { FunctionName = "f" }, default));
        Assert.Equal(ErrorIds.ServiceUnreachable, error.ErrorId);
    }

    [NodeFact]
    public async Task Pages_follow_each_other()
    {
        await using var bench = await Bench.StartAsync(options: new BenchOptions { PageSize = 2 });
        var arn = await bench.CreateAsync(Pass);
        foreach (var name in new[] { "a", "b", "c" })
        {
            Assert.Equal("SUCCEEDED", (await bench.RunAsync(arn, name)).Status.Value);
        }

        var first = await bench.Client.ListExecutionsAsync(new() { StateMachineArn = arn }, default);
        var second = await bench.Client.ListExecutionsAsync(new() { StateMachineArn = arn, NextToken = first.NextToken }, default);
        Assert.Equal(["c", "b", "a"], first.Executions.Concat(second.Executions).Select(e => e.Name));
        Assert.Null(second.NextToken);
        Assert.Empty((await bench.Client.ListExecutionsAsync(new() { StateMachineArn = arn, StatusFilter = "FAILED" }, default)).Executions);
    }
}
