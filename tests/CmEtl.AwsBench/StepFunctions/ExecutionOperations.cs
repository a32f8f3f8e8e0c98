using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>Executions: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html and its neighbours.</summary>
internal sealed class ExecutionOperations(BenchOptions options, MachineOperations machines, NodeHost node)
{
    private readonly List<BenchExecution> _executions = [];

    public JsonObject Start(JsonObject request)
    {
        var (machine, version, content) = machines.Resolve((string)request["stateMachineArn"]!);
        var name = (string?)request["name"] ?? Guid.NewGuid().ToString();
        var input = (string?)request["input"] ?? "{}";
        var arn = machine.Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + name;
        if (_executions.Find(e => e.Arn == arn) is { } there)
        {
            return there.Status == "RUNNING" && there.Input == input
                ? Started(there)
                : throw new ServiceFault("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");
        }

        var execution = new BenchExecution
        {
            Arn = arn, Name = name, Machine = machine, VersionArn = version, Definition = (string)content["definition"]!, Input = input,
        };
        Unsupported.Refuse(JsonNode.Parse(execution.Definition)!.AsObject());
        _executions.Add(execution);
        execution.History.Add("ExecutionStarted");
        Run(execution, null, JsonNode.Parse(input));
        return Started(execution);
    }

    public JsonObject Describe(JsonObject request) => Find(request).Describe();

    public JsonObject Stop(JsonObject request)
    {
        var execution = Find(request);
        if (execution.Status == "RUNNING")
        {
            execution.Error = (string?)request["error"];
            execution.Cause = (string?)request["cause"];
            End(execution, "ABORTED");
            _ = node.Call("stop", new JsonObject { ["execution"] = execution.RunId });
        }

        return new() { ["stopDate"] = Epoch.Seconds(execution.Stopped) };
    }

    public JsonObject Redrive(JsonObject request)
    {
        var execution = Find(request);
        if (execution.Status is not ("FAILED" or "ABORTED" or "TIMED_OUT"))
        {
            throw new ServiceFault("ExecutionNotRedrivable", $"Execution is {execution.Status}, which is not redrivable.");
        }

        execution.RedriveCount++;
        execution.Redriven = DateTimeOffset.UtcNow;
        execution.Status = "RUNNING";
        (execution.Stopped, execution.Error, execution.Cause) = (null, null, null);
        execution.History.Add("ExecutionRedriven", "executionRedrivenEventDetails", new JsonObject { ["redriveCount"] = execution.RedriveCount });
        Run(execution, execution.History.Last?.Name, execution.History.Last is { } last ? last.Input?.DeepClone() : JsonNode.Parse(execution.Input));
        return new() { ["redriveDate"] = Epoch.Seconds(execution.Redriven) };
    }

    public JsonObject List(JsonObject request) => Page.Of(
        options, request, "executions",
        Enumerable.Reverse(_executions)
            .Where(e => e.Machine.Arn == (string?)request["stateMachineArn"] && ((string?)request["statusFilter"] ?? e.Status) == e.Status)
            .Select(e => e.Describe()));

    public JsonObject GetHistory(JsonObject request)
    {
        var events = Find(request).History.Snapshot();
        return Page.Of(options, request, "events", (bool?)request["reverseOrder"] == true ? events.Reverse() : events);
    }

    /// <summary>The bench runs no Distributed Map, so there are no map runs.</summary>
    public JsonObject ListMapRuns(JsonObject request)
    {
        Find(request);
        return new() { ["mapRuns"] = new JsonArray() };
    }

    private void Run(BenchExecution execution, string? startAt, JsonNode? input)
    {
        var definition = JsonNode.Parse(execution.Definition)!.AsObject();
        definition["StartAt"] = startAt ?? (string)definition["StartAt"]!;
        var context = new JsonObject
        {
            ["Execution"] = new JsonObject { ["Id"] = execution.Arn, ["Name"] = execution.Name, ["RedriveCount"] = execution.RedriveCount },
            ["StateMachine"] = new JsonObject { ["Id"] = execution.Machine.Arn, ["Name"] = execution.Machine.Name },
        };
        var run = execution.RedriveCount;
        var (id, answer) = node.Call(
            "run",
            new JsonObject { ["definition"] = definition, ["input"] = input, ["context"] = context, ["retryMilliseconds"] = options.RetryMilliseconds },
            told =>
            {
                // What a stopped run still does is no longer part of the execution.
                if (execution.Status == "RUNNING" && execution.RedriveCount == run)
                {
                    execution.History.Record(told);
                }
            });
        execution.RunId = id;
        _ = FinishAsync(execution, run, answer);
    }

    private static async Task FinishAsync(BenchExecution execution, int run, Task<JsonNode> answer)
    {
        JsonNode end;
        try
        {
            end = await answer;
        }
        catch (InvalidOperationException error)
        {
            end = new JsonObject { ["status"] = "FAILED", ["error"] = "Bench.NodeFailed", ["cause"] = error.Message };
        }

        if (execution.Status != "RUNNING" || execution.RedriveCount != run)
        {
            return;
        }

        execution.Output = end["output"]?.ToJsonString();
        execution.Error = (string?)end["error"];
        execution.Cause = (string?)end["cause"];
        End(execution, (string)end["status"]!);
    }

    private static void End(BenchExecution execution, string status)
    {
        var (type, details) = status switch
        {
            "SUCCEEDED" => ("ExecutionSucceeded", "executionSucceededEventDetails"),
            "ABORTED" => ("ExecutionAborted", "executionAbortedEventDetails"),
            "TIMED_OUT" => ("ExecutionTimedOut", "executionTimedOutEventDetails"),
            _ => ("ExecutionFailed", "executionFailedEventDetails"),
        };
        execution.History.Add(type, details, new JsonObject { ["error"] = execution.Error, ["cause"] = execution.Cause });
        execution.Stopped = DateTimeOffset.UtcNow;
        execution.Status = status;
    }

    private BenchExecution Find(JsonObject request) => _executions.Find(e => e.Arn == (string?)request["executionArn"])
        ?? throw new ServiceFault("ExecutionDoesNotExist", $"Execution Does Not Exist: '{request["executionArn"]}'");

    private static JsonObject Started(BenchExecution execution) => new() { ["executionArn"] = execution.Arn, ["startDate"] = Epoch.Seconds(execution.Started) };
}
