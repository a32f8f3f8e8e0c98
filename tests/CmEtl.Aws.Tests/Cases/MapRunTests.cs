using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;

namespace CmEtl.Aws.Tests;

/// <summary>
/// A Distributed Map on a manifest in S3: batches, children, concurrency, tolerance, redrive, and the information about them.
/// </summary>
public sealed class MapRunTests
{
    [NodeFact]
    public async Task The_distributed_machine_does_every_chunk_of_the_manifest_in_batches()
    {
        var pipeline = new PipelineStub(25);
        await using var world = await MapBench.StartAsync(pipeline);
        var end = await world.Bench.RunAsync(await world.Bench.CreateAsync(Definitions.Render("etl_pipeline_phase2_distributed")));

        Assert.Equal(("SUCCEEDED", null), (end.Status.Value, end.Cause));
        var chunks = world.Bench.Function.Calls("process_task02_chunk");
        Assert.Equal(Enumerable.Range(0, 25), chunks.Select(c => (int)c["chunk_id"]!).Order());
        Assert.All(chunks, c => Assert.Equal("run-1", (string?)c["run_id"]));
        Assert.DoesNotContain("MapRunArn", end.Output, StringComparison.Ordinal);

        var run = await world.OnlyRunAsync(end.ExecutionArn);
        Assert.Equal(("SUCCEEDED", 5, 100f, end.ExecutionArn),
            (run.Status.Value, run.MaxConcurrency, run.ToleratedFailurePercentage, run.ExecutionArn));
        Assert.Equal((25, 25, 0, 25), Counts(run.ItemCounts!));
        Assert.Equal((3, 3, 0, 3), Counts(run.ExecutionCounts!));
        Assert.Matches("^arn:aws:states:us-east-1:123456789012:mapRun:cm-etl/Chunks:[0-9a-f-]{36}$", run.MapRunArn);

        var folder = $"cmetl/result/{run.MapRunArn.Split(':')[^1]}";
        var manifest = JsonNode.Parse(await world.S3.ReadAsync(MapBench.Bucket, $"{folder}/manifest.json"))!;
        Assert.Equal((MapBench.Bucket, run.MapRunArn), ((string?)manifest["DestinationBucket"], (string?)manifest["MapRunArn"]));
        var file = Assert.Single(manifest["ResultFiles"]!["SUCCEEDED"]!.AsArray());
        var results = await world.S3.ReadAsync(MapBench.Bucket, (string)file!["Key"]!);
        Assert.Equal((int)file["Size"]!, results.Length);
        Assert.Equal([10, 10, 5],
            JsonNode.Parse(results)!.AsArray().Select(r => JsonNode.Parse((string)r!["Input"]!)!["Items"]!.AsArray().Count)
            .OrderDescending());

        var types = (await world.Bench.HistoryAsync(end.ExecutionArn)).Select(e => e.Type.Value).ToList();
        Assert.Single(types, "MapRunStarted");
        Assert.Single(types, "MapRunSucceeded");
        Assert.DoesNotContain("MapIterationStarted", types);
    }

    [NodeFact]
    public async Task Children_have_histories_of_their_own_and_keep_to_the_concurrency()
    {
        var (now, most) = (0, 0);
        var pipeline = new PipelineStub(40)
        {
            Before = call =>
            {
                if ((string?)call["action"] == "process_task02_chunk")
                {
                    var at = Interlocked.Increment(ref now);
                    most = Math.Max(most, at);
                    Thread.Sleep(40);
                    Interlocked.Decrement(ref now);
                }
            },
        };
        await using var world = await MapBench.StartAsync(pipeline);
        var end = await world.Bench.RunAsync(await world.Bench.CreateAsync(Definition(map => (map["MaxConcurrency"], map["ItemBatcher"]!["MaxItemsPerBatch"]) = (3, 5))));

        Assert.Equal("SUCCEEDED", end.Status.Value);
        Assert.InRange(most, 2, 3);
        var run = await world.OnlyRunAsync(end.ExecutionArn);
        Assert.Equal(8, run.ExecutionCounts!.Total);
        var result = JsonNode.Parse(await world.S3.ReadAsync(MapBench.Bucket, $"cmetl/result/{run.MapRunArn.Split(':')[^1]}/SUCCEEDED_0.json"))![0]!;
        var child = await world.Bench.Client.DescribeExecutionAsync(new() { ExecutionArn = (string)result["ExecutionArn"]! }, default);
        Assert.Equal(("SUCCEEDED", "arn:aws:states:us-east-1:123456789012:stateMachine:cm-etl/Chunks"), (child.Status.Value, child.StateMachineArn));
        var history = await world.Bench.HistoryAsync(child.ExecutionArn);
        Assert.Equal(5, history.Count(e => e.StateEnteredEventDetails?.Name == "ChunkSuccess"));
        Assert.Equal("ExecutionSucceeded", history[^1].Type.Value);
    }

    [NodeFact]
    public async Task Over_the_tolerance_the_map_fails_and_a_redrive_does_only_the_children_that_failed()
    {
        var broken = true;
        var pipeline = new PipelineStub(20) { Before = c => Break(c, broken, 7) };
        await using var world = await MapBench.StartAsync(pipeline);
        // The error of a chunk becomes the error of its child execution and, without tolerance, of the Map.
        var machine = await world.Bench.CreateAsync(Definition(map =>
        {
            map["ItemBatcher"]!["MaxItemsPerBatch"] = 2;
            map["MaxConcurrency"] = 1;
            map["ToleratedFailurePercentage"] = 0;
            FailChild(map);
        }));
        var failed = await world.Bench.RunAsync(machine);

        Assert.Equal(("FAILED", "States.ExceedToleratedFailureThreshold"), (failed.Status.Value, failed.Error));
        var run = await world.OnlyRunAsync(failed.ExecutionArn);
        Assert.Equal(("FAILED", 10, 3, 1, 6),
            (run.Status.Value, run.ExecutionCounts!.Total, run.ExecutionCounts.Succeeded, run.ExecutionCounts.Failed,
            run.ExecutionCounts.Pending));
        Assert.Equal(8, world.Bench.Function.Calls("process_task02_chunk").Count);
        var child = (string)JsonNode.Parse(await world.S3.ReadAsync(MapBench.Bucket, $"cmetl/result/{run.MapRunArn.Split(':')[^1]}/FAILED_0.json"))![0]!["ExecutionArn"]!;
        Assert.Equal("REDRIVABLE_BY_MAP_RUN", (await world.Bench.Client.DescribeExecutionAsync(new() { ExecutionArn = child }, default)).RedriveStatus?.Value);
        var alone = await Assert.ThrowsAsync<AmazonServiceException>(
            () => world.Bench.Client.RedriveExecutionAsync(new() { ExecutionArn = child }, default));
        Assert.Equal("ExecutionNotRedrivable", alone.ErrorCode);

        broken = false;
        await world.Bench.Client.RedriveExecutionAsync(new() { ExecutionArn = failed.ExecutionArn }, default);
        Assert.Equal("SUCCEEDED", (await world.Bench.EndAsync(failed.ExecutionArn)).Status.Value);
        run = await world.OnlyRunAsync(failed.ExecutionArn);
        Assert.Equal(("SUCCEEDED", 1, 10), (run.Status.Value, run.RedriveCount, run.ExecutionCounts!.Succeeded));
        // Eight were started before. The failed batch continues at the failed state, which is the whole of its Map, and six batches were
        // never started.
        Assert.Equal(8 + 2 + 12, world.Bench.Function.Calls("process_task02_chunk").Count);
        Assert.Equal(1, (await world.Bench.Client.DescribeExecutionAsync(new() { ExecutionArn = child }, default)).RedriveCount);
    }

    [NodeTheory]
    [InlineData(10, "SUCCEEDED")]
    [InlineData(9, "FAILED")]
    public async Task Tolerated_failures_are_counted_by_item(int percentage, string status)
    {
        await using var world = await MapBench.StartAsync(new PipelineStub(20) { Before = c => Break(c, true, 7) });
        var end = await world.Bench.RunAsync(await world.Bench.CreateAsync(Definition(map =>
        {
            map["ItemBatcher"]!["MaxItemsPerBatch"] = 2;
            map["ToleratedFailurePercentage"] = percentage;
            FailChild(map);
        })));

        Assert.Equal(status, (await world.OnlyRunAsync(end.ExecutionArn)).Status.Value);
        Assert.Equal("FAILED", end.Status.Value);
    }

    [NodeFact]
    public async Task A_missing_manifest_and_a_stop_are_reported()
    {
        using var gate = new ManualResetEventSlim();
        var pipeline = new PipelineStub(20)
        {
            Before = c =>
            {
                if ((string?)c["action"] == "process_task02_chunk")
                {
                    gate.Wait();
                }
            },
        };
        await using var world = await MapBench.StartAsync(pipeline);
        var machine = await world.Bench.CreateAsync(Definitions.Render("etl_pipeline_phase2_distributed"));
        var started = await world.Bench.Client.StartExecutionAsync(new() { StateMachineArn = machine, Name = "stopped", Input = "{}" }, default);
        while (world.Bench.Function.Calls("process_task02_chunk").Count == 0)
        {
            await Task.Delay(20);
        }

        await world.Bench.Client.StopExecutionAsync(new() { ExecutionArn = started.ExecutionArn }, default);
        gate.Set();
        var stopped = await world.OnlyRunAsync(started.ExecutionArn);
        Assert.Equal(("ABORTED", (long?)2), (stopped.Status.Value, stopped.ExecutionCounts!.Aborted + stopped.ExecutionCounts.Pending));

        world.Manifest = null;
        var end = await world.Bench.RunAsync(machine, "lost");
        Assert.Equal(("FAILED", "States.ItemReaderFailed"), (end.Status.Value, end.Error));
    }

    [NodeTheory]
    [InlineData("ItemSelector", """{"a.$":"$$.Map.Item.Value"}""")]
    [InlineData("ToleratedFailureCountPath", "\"$.x\"")]
    [InlineData("ItemReader", """{"Resource":"arn:aws:states:::s3:listObjectsV2","Parameters":{"Bucket":"b"}}""")]
    [InlineData("ItemBatcher", """{"MaxInputBytesPerBatch":100}""")]
    public async Task Features_that_the_bench_lacks_are_refused(string field, string value)
    {
        await using var world = await MapBench.StartAsync(new PipelineStub(1));
        var machine = await world.Bench.CreateAsync(Definition(map => map[field] = JsonNode.Parse(value)));
        var error = await Assert.ThrowsAsync<AmazonServiceException>(() => world.Bench.RunAsync(machine));
        Assert.Contains("ProcessTask02Chunks", error.Message, StringComparison.Ordinal);
    }

    private static string Definition(Action<JsonNode> change)
    {
        var machine = JsonNode.Parse(Definitions.Render("etl_pipeline_phase2_distributed"))!;
        change(machine["States"]!["ProcessTask02Chunks"]!);
        return machine.ToJsonString();
    }

    private static void FailChild(JsonNode map) => map["ItemProcessor"]!["States"]!["ProcessBatch"]!["ItemProcessor"]!["States"]!["ChunkFailed"] =
        new JsonObject { ["Type"] = "Fail", ["Error"] = "ChunkFailed" };

    private static void Break(JsonNode call, bool broken, int chunk)
    {
        if (broken && (string?)call["action"] == "process_task02_chunk" && (int)call["chunk_id"]! == chunk)
        {
            throw new StubError("CmEtl.Permanent", "As the test ordered.");
        }
    }

    private static (long?, long?, long?, long?) Counts(MapRunItemCounts counts) =>
        (counts.Total, counts.Succeeded, counts.Failed, counts.ResultsWritten);

    private static (long?, long?, long?, long?) Counts(MapRunExecutionCounts counts) =>
        (counts.Total, counts.Succeeded, counts.Failed, counts.ResultsWritten);
}
