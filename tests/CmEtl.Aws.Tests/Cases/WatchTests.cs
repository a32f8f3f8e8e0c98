using CmEtl.Aws.Executions;
using CmEtl.AwsBench.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

/// <summary>Executions are started once, whatever happens to the response, and awaited while they cannot be seen.</summary>
public sealed class WatchTests
{
    [NodeFact]
    public async Task A_lost_answer_starts_no_second_execution()
    {
        await using var bench = await Bench.StartAsync();
        var machine = await bench.CreateAsync(Definitions.Render("etl_pipeline"));
        using var client = bench.NewClient("bench-secret", retries: 2);
        bench.Server.LostAnswers.Enqueue("StartExecution");
        bench.Server.LostAnswers.Enqueue("StartExecution");

        var arn = await new ExecutionService(client).StartAsync(machine, ExecutionService.NewName(), startAfresh: false, default);

        Assert.Equal("SUCCEEDED", (await bench.EndAsync(arn)).Status.Value);
        Assert.Single((await bench.Client.ListExecutionsAsync(new() { StateMachineArn = machine })).Executions);
        Assert.Equal(3, bench.Server.Calls.Count(c => c == "StartExecution"));
    }

    [NodeFact]
    public async Task A_lost_answer_of_an_execution_that_has_ended_meanwhile_is_found()
    {
        await using var bench = await Bench.StartAsync();
        var machine = await bench.CreateAsync("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""");
        using var client = bench.NewClient("bench-secret", retries: 2);
        bench.Server.LostAnswers.Enqueue("StartExecution");
        bench.Server.WaitBeforeLoss = async () => await bench.EndAsync($"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:night-1");

        var service = new ExecutionService(client);
        var arn = await service.StartAsync(machine, "night-1", startAfresh: false, default);

        Assert.EndsWith(":night-1", arn, StringComparison.Ordinal);
        Assert.Single((await bench.Client.ListExecutionsAsync(new() { StateMachineArn = machine })).Executions);
        // The same name with another input is refused, and so is a name used yesterday.
        await Assert.ThrowsAsync<Amazon.Runtime.AmazonServiceException>(() => service.StartAsync(machine, "night-1", startAfresh: true, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("night.1")]
    [InlineData("n\u00e4cht")]
    [InlineData("a b")]
    public async Task An_invalid_run_id_is_refused_before_anything_starts(string name)
    {
        using var client = Bench.NewStepFunctions(new Uri($"http://127.0.0.1:{StepFunctionsBench.FreePort()}/"));
        var error = await Assert.ThrowsAsync<CmEtlException>(() => new ExecutionService(client).StartAsync("arn:aws:states:us-east-1:123456789012:stateMachine:m", name, false, default));
        Assert.Equal(ErrorIds.InvalidRunId, error.ErrorId);
    }

    [Fact]
    public void A_made_name_is_a_run_id() => Assert.True(RunId.IsValid(ExecutionService.NewName()));

    [NodeTheory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("ExpiredTokenException", 400)]
    [InlineData("InternalFailure", 500)]
    public async Task A_wait_survives_transient_errors(string code, int status)
    {
        await using var bench = await Bench.StartAsync();
        var arn = await StartAsync(bench);
        for (var i = 0; i < 3; i++)
        {
            bench.Server.Faults.Enqueue(("DescribeExecution", code, status));
        }

        var (warnings, end, unseen) = await WaitAsync(bench, arn, TimeSpan.FromMinutes(1));

        Assert.Equal((ExecutionState.Succeeded, null), (end.State, unseen));
        Assert.Equal(2, warnings.Count);
        Assert.Contains(code, warnings[0], StringComparison.Ordinal);
        Assert.Contains("can be read again", warnings[1], StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task A_wait_without_a_response_ends_and_can_be_repeated()
    {
        await using var bench = await Bench.StartAsync();
        var arn = await StartAsync(bench);
        bench.Server.Faults.Enqueue(("DescribeExecution", "ExpiredTokenException", 400));

        var (_, end, unseen) = await WaitAsync(bench, arn, TimeSpan.Zero);

        Assert.Equal((arn, "run-1", ExecutionState.Unknown), (end.ExecutionArn, end.Name, end.State));
        Assert.Equal(ErrorIds.ExecutionNotSeen, unseen!.ErrorId);
        Assert.Contains($"Get-CmEtlStatus -ExecutionArn {arn} -Wait", unseen.Remedy, StringComparison.Ordinal);
        Assert.Equal(ExecutionState.Succeeded, (await WaitAsync(bench, end.ExecutionArn, TimeSpan.FromMinutes(1))).End.State);
    }

    [NodeFact]
    public async Task A_wait_ends_at_once_when_it_may_not_look()
    {
        await using var bench = await Bench.StartAsync();
        var arn = await StartAsync(bench);
        bench.Server.Faults.Enqueue(("DescribeExecution", "AccessDeniedException", 400));

        var (warnings, _, unseen) = await WaitAsync(bench, arn, TimeSpan.FromMinutes(1));

        Assert.Empty(warnings);
        Assert.Contains("AccessDeniedException", unseen!.Message, StringComparison.Ordinal);
    }

    private static async Task<string> StartAsync(Bench bench)
    {
        var machine = await bench.CreateAsync(Definitions.Render("etl_pipeline"));
        return await new ExecutionService(bench.Client).StartAsync(machine, "run-1", false, default);
    }

    private static async Task<(List<string> Warnings, EtlExecution End, CmEtlException? Unseen)> WaitAsync(Bench bench, string arn,
        TimeSpan patience)
    {
        var warnings = new List<string>();
        var watch = new ExecutionWatch(new ExecutionService(bench.Client), (e, _) => Task.FromResult(e), new Progress<EtlExecution>(),
            warnings.Add) { Patience = patience };
        var (end, unseen) = await watch.WaitAsync(arn, default);
        return (warnings, end, unseen);
    }
}
