using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>Runs executions in the interpreter, from the start or from where they stopped, and records their history.</summary>
internal sealed class ExecutionRunner(BenchOptions options, NodeHost node)
{
    /// <summary>Continues at the last entered state, or begins.</summary>
    /// <returns>A task that completes with the execution.</returns>
    public Task RunAsync(BenchExecution execution, Func<string, JsonNode?, Task<JsonNode>>? onMap = null)
    {
        var definition = JsonNode.Parse(execution.Definition)!.AsObject();
        var last = execution.History.Last;
        definition["StartAt"] = last?.Name ?? (string)definition["StartAt"]!;
        var request = new JsonObject
        {
            ["definition"] = definition, ["input"] = last is null ? JsonNode.Parse(execution.Input) : last.Value.Input?.DeepClone(),
            ["context"] = Context(execution), ["retryMilliseconds"] = options.RetryMilliseconds, ["lambda"] = Lambda(),
        };
        var run = execution.RedriveCount;
        var (id, answer) = node.Call(
            "run", request,
            told =>
            {
                // Further actions of a stopped run are not part of the execution.
                if (execution.Status == "RUNNING" && execution.RedriveCount == run)
                {
                    execution.History.Record(told);
                }
            },
            onMap);
        execution.RunId = id;
        return FinishAsync(execution, run, answer);
    }

    /// <summary>Prepares a stopped or failed execution for a redrive.</summary>
    public static void Redrive(BenchExecution execution)
    {
        execution.RedriveCount++;
        execution.Redriven = DateTimeOffset.UtcNow;
        execution.Status = "RUNNING";
        (execution.Stopped, execution.Error, execution.Cause) = (null, null, null);
        execution.History.Add("ExecutionRedriven", "executionRedrivenEventDetails", new JsonObject { ["redriveCount"] = execution.RedriveCount });
    }

    public void Abort(BenchExecution execution, string? error, string? cause)
    {
        (execution.Error, execution.Cause) = (error, cause);
        End(execution, "ABORTED");
        _ = node.Call("stop", new JsonObject { ["execution"] = execution.RunId });
    }

    /// <summary>Evaluates the paths and intrinsic functions of a payload template, by means of a Pass state.</summary>
    public async Task<JsonNode> EvaluateAsync(JsonNode template, JsonNode? input, BenchExecution execution)
    {
        var state = new JsonObject { ["Type"] = "Pass", ["Parameters"] = template.DeepClone(), ["End"] = true };
        var request = new JsonObject
        {
            ["definition"] = new JsonObject { ["StartAt"] = "Evaluate", ["States"] = new JsonObject { ["Evaluate"] = state } },
            ["input"] = input?.DeepClone(), ["context"] = Context(execution),
        };
        var end = await node.Call("run", request).Answer;
        return (string?)end["status"] == "SUCCEEDED" ? end["output"]!.DeepClone() : throw new StateFault((string)end["error"]!, (string?)end["cause"] ?? "");
    }

    /// <summary>The client's settings. Without an endpoint it must not call the real service by accident.</summary>
    private JsonObject Lambda() => new()
    {
        ["endpoint"] = options.LambdaUrl?.ToString() ?? "http://127.0.0.1:9", ["region"] = options.Region,
        ["credentials"] = new JsonObject { ["accessKeyId"] = options.AccessKey, ["secretAccessKey"] = options.SecretKey },
    };

    private static JsonObject Context(BenchExecution execution) => new()
    {
        ["Execution"] = new JsonObject { ["Id"] = execution.Arn, ["Name"] = execution.Name, ["RedriveCount"] = execution.RedriveCount },
        ["StateMachine"] = new JsonObject { ["Id"] = execution.MachineArn, ["Name"] = execution.MachineArn.Split(':')[^1] },
    };

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
}
