using System.Text.Json;
using Amazon.StepFunctions;

namespace CmEtl.Aws.Executions;

/// <summary>Reads an execution's history for data that no other request returns: the run, the current state, and failed states.</summary>
internal sealed class HistoryReader(IAmazonStepFunctions service)
{
    // The reply of the first task names the run. It is among the first events, even after some retries.
    private const int FirstEvents = 100;

    // The state entered last is among the newest events, unless more chunks than this run at the same time.
    private const int LastEvents = 100;

    private const int MostPerPage = 1000;

    /// <summary>The run that the first task started or resumed. Null before that.</summary>
    public async Task<string?> RunIdAsync(string executionArn, CancellationToken cancel)
    {
        var first = await service.GetExecutionHistoryAsync(new() { ExecutionArn = executionArn, MaxResults = FirstEvents }, cancel);
        return first.Events.Select(e => Text(e.StateExitedEventDetails?.Output, "run_id")).FirstOrDefault(id => id is not null);
    }

    /// <summary>The state entered last. Empty before there is one.</summary>
    public async Task<string> StepAsync(string executionArn, CancellationToken cancel)
    {
        var last = await service.GetExecutionHistoryAsync(
            new() { ExecutionArn = executionArn, MaxResults = LastEvents, ReverseOrder = true }, cancel);
        return last.Events.Select(e => e.StateEnteredEventDetails?.Name).FirstOrDefault(n => n is not null) ?? "";
    }

    /// <summary>All states whose retries were used up, and the outermost states in the order in which they were entered.</summary>
    public async Task<(IReadOnlyList<FailedState> Failures, IReadOnlyList<string> Path)> FailuresAsync(string executionArn,
        CancellationToken cancel)
    {
        var failures = new List<FailedState>();
        var path = new List<string>();
        string? map = null;
        var task = "";
        var pages = Pages.ReadAsync(
            token => service.GetExecutionHistoryAsync(new() { ExecutionArn = executionArn, MaxResults = MostPerPage, NextToken = token },
                cancel),
            p => p.NextToken, cancel);
        await foreach (var page in pages)
        {
            foreach (var item in page.Events)
            {
                var entered = item.StateEnteredEventDetails;
                task = item.Type.Value == "TaskStateEntered" && entered is not null ? entered.Name : task;
                if (entered is not null && map is null)
                {
                    path.Add(entered.Name);
                    // States that are entered before the Map is exited belong to its items. A failed Map is not exited. The execution
                    // ends, or is redriven.
                    map = item.Type.Value == "MapStateEntered" ? entered.Name : null;
                }
                else if (item.StateExitedEventDetails?.Name == map || item.Type.Value is "MapStateFailed" or "MapStateAborted" or "ExecutionRedriven")
                {
                    map = null;
                }

                if (entered is { Name: "ChunkFailed" })
                {
                    failures.Add(Chunk(entered.Input, item.Timestamp!.Value));
                }
                else if (item.ExecutionFailedEventDetails is { } failed)
                {
                    failures.Add(new FailedState(task, null, failed.Error ?? "", Cause.Message(failed.Cause), item.Timestamp!.Value));
                }
            }
        }

        return (failures, path);
    }

    private static FailedState Chunk(string? input, DateTimeOffset at)
    {
        using var document = Parse(input);
        var root = document?.RootElement ?? default;
        var error = Member(root, "error");
        return new FailedState(
            "ProcessSingleChunk", Member(root, "chunk_id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt32(out var number) ? number : null,
            Text(error, "Error") ?? "", Cause.Message(Text(error, "Cause")), at);
    }

    private static string? Text(string? json, string name)
    {
        using var document = Parse(json);
        return Text(document?.RootElement ?? default, name);
    }

    // Step Functions truncates data that is too large for an event.
    private static JsonDocument? Parse(string? json)
    {
        try
        {
            return JsonDocument.Parse(json ?? "{}");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
