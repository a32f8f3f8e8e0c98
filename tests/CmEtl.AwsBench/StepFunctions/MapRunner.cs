using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CmEtl.AwsBench.S3;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// Executes a Distributed Map state, which the interpreter does not support: reads the items, starts a child execution per batch, and
/// applies concurrency and tolerance (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html).
/// </summary>
internal sealed class MapRunner(BenchOptions options, ExecutionRunner runner)
{
    /// <summary>
    /// Maximum size of a state's data in bytes (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
    /// </summary>
    private const int MostBytes = 256 * 1024;

    private const string PendingRedrive = "PENDING_REDRIVE";

    private readonly ConcurrentQueue<MapRun> _runs = new();

    /// <summary>Newest first.</summary>
    public IEnumerable<MapRun> Runs => _runs.Reverse();

    public MapRun Find(string? arn) => _runs.FirstOrDefault(r => r.Arn == arn)
        ?? throw new ServiceFault("ResourceNotFound", $"Resource not found: '{arn}'");

    /// <summary>Runs the state for an execution. A redrive continues the Map Run that failed.</summary>
    /// <returns>The state's output. Throws <see cref="StateFault"/>.</returns>
    public async Task<JsonNode> RunAsync(BenchExecution parent, string name, JsonNode? input)
    {
        var run = Runs.FirstOrDefault(r => r.Parent == parent && r.Map.Name == name);
        if (run is null || run.Status == "SUCCEEDED" || run.ParentRedrives == parent.RedriveCount)
        {
            run = new MapRun(parent, new DistributedMap(name, JsonNode.Parse(parent.Definition)!["States"]![name]!.AsObject()));
            _runs.Enqueue(run);
            Tell(run, "MapRunStarted", []);
        }
        else
        {
            (run.Status, run.Stopped, run.ParentRedrives, run.Redriven) = ("RUNNING", null, parent.RedriveCount, DateTimeOffset.UtcNow);
            run.RedriveCount++;
            foreach (var child in run.Children.Where(c => c.Unsuccessful))
            {
                child.Status = PendingRedrive;
            }

            Tell(run, "MapRunRedriven", new() { ["redriveCount"] = run.RedriveCount });
        }

        try
        {
            var output = await WorkAsync(run, input);
            End(run, "SUCCEEDED");
            Tell(run, "MapRunSucceeded", null);
            return output;
        }
        catch (StateFault fault)
        {
            End(run, "FAILED");
            Tell(run, "MapRunFailed", new() { ["error"] = fault.Error, ["cause"] = fault.Message });
            throw;
        }
    }

    /// <summary>Stops the Map Run with its parent.</summary>
    public void Abort(BenchExecution parent)
    {
        foreach (var run in Runs.Where(r => r.Parent == parent && r.Status == "RUNNING"))
        {
            End(run, "ABORTED");
            AbortChildren(run);
        }
    }

    private async Task<JsonNode> WorkAsync(MapRun run, JsonNode? input)
    {
        using var s3 = S3Bench.NewClient(options.S3Url ?? throw new StateFault("States.Runtime", "The bench has no S3."), options);
        var store = new MapStore(s3);
        if (run.Children.Count == 0)
        {
            var items = await store.ReadAsync(await runner.EvaluateAsync(run.Map.Reader, input, run.Parent));
            var batch = await runner.EvaluateAsync(run.Map.BatchInput, input, run.Parent);
            run.Children = [.. items.Chunk(run.Map.BatchSize).Select(i => Child(run, batch, i))];
        }

        await Parallel.ForEachAsync(
            run.Children.Where(c => c.Status != "SUCCEEDED"), new ParallelOptions { MaxDegreeOfParallelism = run.Map.MaxConcurrency },
            async (child, _) => await RunChildAsync(run, child));
        var written = await store.WriteAsync(run, await runner.EvaluateAsync(run.Map.Writer, input, run.Parent));
        return run.Bears ? written : throw new StateFault("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
    }

    /// <summary>
    /// Redrives failed children from the state that failed, starts those that were not started, and leaves the others unchanged:
    /// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html.
    /// </summary>
    private async Task RunChildAsync(MapRun run, BenchExecution child)
    {
        if (run.Status != "RUNNING" || !run.Bears)
        {
            return;
        }

        if (child.Status == PendingRedrive)
        {
            ExecutionRunner.Redrive(child);
        }
        else
        {
            (child.Status, child.Started) = ("RUNNING", DateTimeOffset.UtcNow);
            child.History.Add("ExecutionStarted");
        }

        await runner.RunAsync(child);
        if (!run.Bears)
        {
            AbortChildren(run);
        }
    }

    private void AbortChildren(MapRun run)
    {
        foreach (var child in run.Children.Where(c => c.Status == "RUNNING"))
        {
            runner.Abort(child, null, null);
        }
    }

    /// <summary>
    /// The input of a child for a batch: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html.
    /// </summary>
    private static BenchExecution Child(MapRun run, JsonNode batch, JsonNode?[] items)
    {
        var input = new JsonObject { ["BatchInput"] = batch.DeepClone(),
            ["Items"] = new JsonArray([.. items.Select(i => i?.DeepClone())]) }.ToJsonString();
        if (Encoding.UTF8.GetByteCount(input) > MostBytes)
        {
            throw new StateFault("States.DataLimitExceeded", "A batch exceeds 256 KiB.");
        }

        var name = Guid.NewGuid().ToString();
        return new BenchExecution
        {
            Arn = $"{run.Parent.Machine.Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}/{run.Map.Label}:{name}", Name = name,
            Machine = run.Parent.Machine, VersionArn = run.Parent.VersionArn, Definition = run.Map.Processor.ToJsonString(), Input = input,
            MapRun = run, ItemCount = items.Length, Status = "PENDING",
        };
    }

    private static void End(MapRun run, string status)
    {
        if (run.Status == "RUNNING")
        {
            (run.Status, run.Stopped) = (status, DateTimeOffset.UtcNow);
        }
    }

    /// <summary>
    /// Adds an event to the parent's history: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html.
    /// </summary>
    private static void Tell(MapRun run, string type, JsonObject? details)
    {
        if (details is not null && type != "MapRunFailed")
        {
            details["mapRunArn"] = run.Arn;
        }

        if (run.Parent.Status == "RUNNING")
        {
            run.Parent.History.Add(type, details is null ? null : $"m{type[1..]}EventDetails", details);
        }
    }
}
