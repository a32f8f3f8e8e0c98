using Amazon.Runtime;
using Amazon.StepFunctions.Model;

namespace CmEtl.Aws.Tests;

public sealed class ExecutionTests
{
    private static readonly string[] Steps = ["validate_config", "task_01", "get_task02_chunks", "process_task02_chunk", "verify_run"];

    [NodeFact]
    public async Task Phase_1_runs_its_steps_on_the_id_that_was_replied()
    {
        await using var bench = await Bench.StartAsync(new PipelineStub { RunId = "older-run" });
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline")));
        Assert.Equal(("SUCCEEDED", null), (end.Status.Value, end.Cause));
        var calls = bench.Function.Calls();
        Assert.Equal(["validate_config", "task_01", "task_02", "verify_run"], calls.Select(c => (string?)c["action"]));
        Assert.Equal(["run-1", "older-run", "older-run", "older-run"], calls.Select(c => (string?)c["run_id"]));
    }

    [NodeFact]
    public async Task Phase_2_processes_every_chunk_once_and_keeps_only_required_data()
    {
        await using var bench = await Bench.StartAsync(new PipelineStub(12));
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline_phase2_chunked")));
        Assert.Equal(("SUCCEEDED", null), (end.Status.Value, end.Cause));
        var chunks = bench.Function.Calls("process_task02_chunk");
        Assert.Equal(Enumerable.Range(0, 12), chunks.Select(c => (int)c["chunk_id"]!).Order());
        Assert.All(chunks, c => Assert.Equal("run-1", (string?)c["run_id"]));
        Assert.Equal(Steps, bench.Function.Calls().Select(c => (string)c["action"]!).Distinct());
        Assert.DoesNotContain("noise", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("chunk_results", end.Output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task No_chunks_are_verified_too()
    {
        await using var bench = await Bench.StartAsync(new PipelineStub(0));
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline_phase2_chunked")));
        Assert.Equal("SUCCEEDED", end.Status.Value);
        Assert.Single(bench.Function.Calls("verify_run"));
        Assert.Empty(bench.Function.Calls("process_task02_chunk"));
    }

    [NodeFact]
    public async Task A_chunk_that_never_works_fails_the_verification_while_its_siblings_finish_and_a_redrive_does_the_rest()
    {
        var broken = true;
        await using var bench = await Bench.StartAsync(new PipelineStub(8)
        {
            Before = c =>
            {
                if (broken && (string?)c["action"] == "process_task02_chunk" && (int)c["chunk_id"]! == 3)
                {
                    throw new StubError("CmEtl.Permanent", "Chunk 3 cannot be done.");
                }
            },
        });
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline_phase2_chunked")));
        Assert.Equal(("FAILED", "CmEtl.Permanent"), (end.Status.Value, end.Error));
        Assert.Contains("Failed chunks: 3", end.Cause, StringComparison.Ordinal);
        Assert.Equal(8, bench.Function.Calls("process_task02_chunk").Count);
        var history = await bench.HistoryAsync(end.ExecutionArn);
        Assert.Equal("VerifyAllChunks", history.Last(e => e.StateEnteredEventDetails is not null).StateEnteredEventDetails!.Name);
        Assert.Single(history, e => e.StateEnteredEventDetails?.Name == "ChunkFailed");
        Assert.Equal(7, history.Count(e => e.StateEnteredEventDetails?.Name == "ChunkSuccess"));
        Assert.Equal("REDRIVABLE", end.RedriveStatus?.Value);

        // A redrive without a repair fails again, and does not loop.
        await bench.Client.RedriveExecutionAsync(new() { ExecutionArn = end.ExecutionArn }, default);
        end = await bench.EndAsync(end.ExecutionArn);
        Assert.Equal(("FAILED", 1), (end.Status.Value, end.RedriveCount));
        Assert.Equal(9, bench.Function.Calls("process_task02_chunk").Count);

        broken = false;
        await bench.Client.RedriveExecutionAsync(new() { ExecutionArn = end.ExecutionArn }, default);
        end = await bench.EndAsync(end.ExecutionArn);
        Assert.Equal(("SUCCEEDED", 2), (end.Status.Value, end.RedriveCount));
        Assert.Equal(3, (int)bench.Function.Calls("process_task02_chunk")[^1]["chunk_id"]!);
        Assert.Equal(10, bench.Function.Calls("process_task02_chunk").Count);
    }

    [NodeFact]
    public async Task A_redrive_begins_at_the_state_that_failed()
    {
        var broken = true;
        await using var bench = await Bench.StartAsync(PipelineStub.Failing("task_02", () => broken, "CmEtl.Permanent"));
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline")));
        Assert.Equal("FAILED", end.Status.Value);
        broken = false;
        await bench.Client.RedriveExecutionAsync(new() { ExecutionArn = end.ExecutionArn }, default);
        Assert.Equal("SUCCEEDED", (await bench.EndAsync(end.ExecutionArn)).Status.Value);
        Assert.Equal(["validate_config", "task_01", "task_02", "task_02", "verify_run"], bench.Function.Calls().Select(c => (string?)c["action"]));
        var error = await Assert.ThrowsAsync<AmazonServiceException>(
            () => bench.Client.RedriveExecutionAsync(new() { ExecutionArn = end.ExecutionArn }, default));
        Assert.Equal("ExecutionNotRedrivable", error.ErrorCode);
    }

    /// <summary>Error, HTTP status of the service (200: the function threw), and the total number of calls of the task.</summary>
    [NodeTheory]
    [InlineData("CmEtl.Transient", 200, 4)]
    [InlineData("CmEtl.Permanent", 200, 1)]
    [InlineData("CmEtl.Configuration", 200, 1)]
    [InlineData("CmEtl.Busy", 200, 11)]
    [InlineData("TooManyRequestsException", 429, 11)]
    [InlineData("ServiceException", 500, 7)]
    [InlineData("Sandbox.Timedout", 200, 4)]
    public async Task Errors_are_retried_as_their_kind_asks(string error, int status, int calls)
    {
        await using var bench = await Bench.StartAsync(PipelineStub.Failing("task_01", () => true, error, status));
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline")));
        Assert.Equal(("FAILED", calls), (end.Status.Value, bench.Function.Calls("task_01").Count));
        Assert.Equal(status == 200 ? error : "Lambda." + error, end.Error);
    }

    [NodeFact]
    public async Task A_transient_error_is_got_over()
    {
        var failures = 2;
        await using var bench = await Bench.StartAsync(PipelineStub.Failing("task_01", () => failures-- > 0, "CmEtl.Transient"));
        var end = await bench.RunAsync(await bench.CreateAsync(Definitions.Render("etl_pipeline")));
        Assert.Equal("SUCCEEDED", end.Status.Value);
        Assert.Equal(2, (await bench.HistoryAsync(end.ExecutionArn)).Count(e => e.LambdaFunctionFailedEventDetails?.Error == "CmEtl.Transient"));
    }

    [NodeFact]
    public async Task One_name_is_one_execution()
    {
        using var gate = new ManualResetEventSlim();
        await using var bench = await Bench.StartAsync(new PipelineStub { Before = _ => gate.Wait() });
        var arn = await bench.CreateAsync(Definitions.Render("etl_pipeline"));
        var start = new StartExecutionRequest { StateMachineArn = arn, Name = "night", Input = "{}" };
        var first = await bench.Client.StartExecutionAsync(start, default);
        Assert.Equal(first.ExecutionArn, (await bench.Client.StartExecutionAsync(start, default)).ExecutionArn);
        var other = await Assert.ThrowsAsync<AmazonServiceException>(() => bench.Client.StartExecutionAsync(new() { StateMachineArn = arn, Name = "night", Input = """{"a":1}""" }, default));
        Assert.Equal("ExecutionAlreadyExists", other.ErrorCode);
        gate.Set();
        Assert.Equal("SUCCEEDED", (await bench.EndAsync(first.ExecutionArn)).Status.Value);
        await Assert.ThrowsAsync<AmazonServiceException>(() => bench.Client.StartExecutionAsync(start, default));
    }

    [NodeFact]
    public async Task A_stopped_execution_goes_no_further_and_can_be_redriven()
    {
        using var gate = new ManualResetEventSlim();
        await using var bench = await Bench.StartAsync(new PipelineStub { Before = c => { if ((string?)c["action"] == "task_01") { gate.Wait(); } } });
        var arn = await bench.CreateAsync(Definitions.Render("etl_pipeline"));
        var execution = (await bench.Client.StartExecutionAsync(new() { StateMachineArn = arn, Name = "x" }, default)).ExecutionArn;
        while (bench.Function.Calls("task_01").Count == 0)
        {
            await Task.Delay(20);
        }

        await bench.Client.StopExecutionAsync(new() { ExecutionArn = execution, Error = "Stopped", Cause = "by hand" }, default);
        gate.Set();
        var end = await bench.EndAsync(execution);
        Assert.Equal(("ABORTED", "Stopped", "by hand"), (end.Status.Value, end.Error, end.Cause));
        await Task.Delay(300);
        Assert.Empty(bench.Function.Calls("task_02"));
        await bench.Client.RedriveExecutionAsync(new() { ExecutionArn = execution }, default);
        Assert.Equal("SUCCEEDED", (await bench.EndAsync(execution)).Status.Value);
    }
}
