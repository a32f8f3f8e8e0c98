using System.Text.Json;
using CmEtl.Aws.StepFunctions;

namespace CmEtl.Aws.Executions;

/// <summary>Reads from an execution's history what nothing else tells: the run it works on, where it is, what failed.</summary>
internal sealed class HistoryReader(IStepFunctions service)
{
    // The begun run is in the reply of the first task: within the first events even if that was tried some times.
    private const int FirstEvents = 100;

    // The state entered last is among the newest events, unless more chunks than this work at once.
    private const int LastEvents = 100;

    private const int MostPerPage = 1000;

    /// <summary>The run that the first task has begun or resumed; null before it has.</summary>
    public async Task<string?> RunIdAsync(string executionArn, CancellationToken cancel)
    {
        var first = await service.GetExecutionHistoryAsync(new() { ExecutionArn = executionArn, MaxResults = FirstEvents }, cancel);
        return first.Events.Select(e => Text(e.StateExitedEventDetails?.Output, "run_id")).FirstOrDefault(id => id is not null);
    }

    /// <summary>The state entered last; empty before there is one.</summary>
    public async Task<string> StepAsync(string executionArn, CancellationToken cancel)
    {
        var last = await service.GetExecutionHistoryAsync(
            new() { ExecutionArn = executionArn, MaxResults = LastEvents, ReverseOrder = true }, cancel);
        return last.Events.Select(e => e.StateEnteredEventDetails?.Name).FirstOrDefault(n => n is not null) ?? "";
    }

    /// <summary>All states that have failed for good.</summary>
    public async Task<IReadOnlyList<FailedState>> FailuresAsync(string executionArn, CancellationToken cancel)
    {
        var failures = new List<FailedState>();
        var task = "";
        var page = new GetExecutionHistoryRequest { ExecutionArn = executionArn, MaxResults = MostPerPage };
        while (true)
        {
            var answer = await service.GetExecutionHistoryAsync(page, cancel);
            foreach (var item in answer.Events)
            {
                var entered = item.StateEnteredEventDetails;
                task = item.Type == "TaskStateEntered" ? entered!.Name : task;
                if (entered is { Name: "ChunkFailed" })
                {
                    failures.Add(Chunk(entered.Input, item.Timestamp));
                }
                else if (item.ExecutionFailedEventDetails is { } failed)
                {
                    failures.Add(new FailedState(task, null, failed.Error ?? "", Cause.Message(failed.Cause), item.Timestamp));
                }
            }

            if (answer.NextToken is null)
            {
                return failures;
            }

            page = page with { NextToken = answer.NextToken };
        }
    }

    private static FailedState Chunk(string? input, DateTimeOffset at)
    {
        using var document = JsonDocument.Parse(input ?? "{}");
        var root = document.RootElement;
        var error = root.TryGetProperty("error", out var e) ? e : default;
        return new FailedState(
            "ProcessSingleChunk", root.TryGetProperty("chunk_id", out var id) ? id.GetInt32() : null,
            Member(error, "Error") ?? "", Cause.Message(Member(error, "Cause")), at);
    }

    private static string? Text(string? json, string name)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return Member(document.RootElement, name);
    }

    private static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
