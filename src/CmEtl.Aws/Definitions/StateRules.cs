using System.Text.Json.Nodes;

namespace CmEtl.Aws.Definitions;

/// <summary>
/// Rules for one state. Retriers and catchers: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html;
/// Map: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html.
/// </summary>
internal static class StateRules
{
    public static void Check(string name, JsonObject state, List<DefinitionFinding> findings)
    {
        void Add(string message) => findings.Add(new(name, message));

        var type = (string?)state["Type"];
        if (type is not ("Succeed" or "Fail" or "Choice") && state["Next"] is null == state["End"] is null)
        {
            Add("It needs either Next or End.");
        }

        if (type == "Map" && state["MaxConcurrency"] is null && state["MaxConcurrencyPath"] is null)
        {
            Add("A Map without MaxConcurrency runs as many items at once as the service allows, up to 10,000.");
        }

        if (state["Iterator"] is not null)
        {
            Add("Iterator is deprecated; use ItemProcessor.");
        }

        // Without a limit a Task waits 99,999,999 s (three years) for a function that is lost.
        if (type == "Task" && state["TimeoutSeconds"] is null && state["TimeoutSecondsPath"] is null)
        {
            Add("A Task needs TimeoutSeconds.");
        }

        if (Number(state, "HeartbeatSeconds") is { } beat && Number(state, "TimeoutSeconds") is { } limit && beat >= limit)
        {
            Add("HeartbeatSeconds must be smaller than TimeoutSeconds.");
        }

        foreach (var retrier in StateGraph.Items(state, "Retry"))
        {
            if (Number(retrier, "BackoffRate") < 1)
            {
                Add("BackoffRate must be 1 or more.");
            }

            if (Number(retrier, "MaxDelaySeconds") is { } longest && longest <= (Number(retrier, "IntervalSeconds") ?? 1))
            {
                Add("MaxDelaySeconds must be larger than IntervalSeconds.");
            }

            if (Number(retrier, "MaxAttempts") is < 0 or > 99_999_999 || Number(retrier, "IntervalSeconds") is < 1 or > 99_999_999)
            {
                Add("MaxAttempts or IntervalSeconds is out of range.");
            }
        }

        CheckAll("Retry", state, Add);
        CheckAll("Catch", state, Add);
    }

    private static void CheckAll(string field, JsonObject state, Action<string> add)
    {
        var handlers = StateGraph.Items(state, field)
            .Select(h => (h["ErrorEquals"] as JsonArray)?.Select(e => (string?)e).ToList() ?? []).ToList();
        for (var i = 0; i < handlers.Count; i++)
        {
            if (handlers[i].Count == 0)
            {
                add($"A {field} entry has no ErrorEquals.");
            }
            else if (handlers[i].Contains("States.ALL") && (handlers[i].Count > 1 || i < handlers.Count - 1))
            {
                add($"States.ALL must be alone in its ErrorEquals and in the last {field} entry.");
            }
        }
    }

    private static double? Number(JsonObject from, string field) =>
        from[field] is JsonValue value && value.TryGetValue(out double number) ? number : null;
}
