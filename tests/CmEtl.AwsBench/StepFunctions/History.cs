using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// An execution's events in the format of the service:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html.
/// </summary>
internal sealed class History
{
    private readonly List<JsonObject> _events = [];

    /// <summary>The last entered state of the outermost machine, and its input. A redrive continues there.</summary>
    public (string Name, JsonNode? Input)? Last { get; private set; }

    public IReadOnlyList<JsonObject> Snapshot()
    {
        lock (_events)
        {
            return [.. _events];
        }
    }

    public void Add(string type, string? detailsName = null, JsonObject? details = null, DateTimeOffset? at = null)
    {
        lock (_events)
        {
            var happened = new JsonObject
            {
                ["id"] = _events.Count + 1, ["previousEventId"] = _events.Count, ["timestamp"] = Epoch.Seconds(at ?? DateTimeOffset.UtcNow), ["type"] = type,
            };
            if (detailsName is not null)
            {
                happened[detailsName] = details;
            }

            _events.Add(happened);
        }
    }

    /// <summary>Records events of the interpreter. The end of the execution is recorded by its starter.</summary>
    public void Record(JsonNode told)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)told["timestamp"]!);
        var state = told["state"];
        switch ((string)told["type"]!)
        {
            case "StateEntered":
                if (told["index"] is null)
                {
                    Last = ((string)state!["name"]!, state["input"]?.DeepClone());
                }

                Add($"{state!["type"]}StateEntered", "stateEnteredEventDetails", Details(state, "input"), at);
                break;
            case "StateExited":
                Add($"{state!["type"]}StateExited", "stateExitedEventDetails", Details(state, "output"), at);
                break;
            case "StateFailed" when (string?)state!["type"] == "Task":
                var timeout = (string?)told["Error"] == "States.Timeout";
                Add(
                    timeout ? "LambdaFunctionTimedOut" : "LambdaFunctionFailed",
                    timeout ? "lambdaFunctionTimedOutEventDetails" : "lambdaFunctionFailedEventDetails",
                    new JsonObject { ["error"] = told["Error"]?.DeepClone(), ["cause"] = told["Cause"]?.ToString() },
                    at);
                break;
            case var type when type.StartsWith("MapIteration", StringComparison.Ordinal):
                Add(
                    type, $"m{type[1..]}EventDetails",
                    new JsonObject { ["name"] = told["parentState"]?["name"]?.DeepClone(), ["index"] = told["index"]?.DeepClone() }, at);
                break;
        }
    }

    private static JsonObject Details(JsonNode state, string data) =>
        new() { ["name"] = state["name"]!.DeepClone(), [data] = state[data]?.ToJsonString() ?? "null" };
}
