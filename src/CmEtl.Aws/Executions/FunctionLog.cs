using System.Text.Json.Nodes;
using Amazon;
using Amazon.CloudWatchLogs;
using Amazon.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Reads what the function wrote about an execution that failed.</summary>
public sealed class FunctionLog(IAmazonStepFunctions states, IAmazonCloudWatchLogs logs)
{
    /// <summary>Lines that are read at most: enough for the failed chunks of a night, and some pages of the service.</summary>
    public const int MostLines = 500;

    // A filter pattern has at most 1024 characters.
    private const int MostChunks = 20;

    /// <summary>Lambda's delay between a line and the end of the invocation that wrote it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The lines of the failed chunks; of the run's warnings and errors when no chunk failed.</summary>
    /// <param name="execution">An execution with its failed states.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>The lines in the order in which they were written, at most <see cref="MostLines"/>.</returns>
    public async Task<IReadOnlyList<LogLine>> ReadAsync(EtlExecution execution, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(execution);
        if (execution.RunId is not { } run)
        {
            return [];
        }

        var group = $"/aws/lambda/{await FunctionNameAsync(execution.StateMachineArn, cancel)}";
        var lines = new List<LogLine>();
        var pages = Pages.ReadAsync(
            token => logs.FilterLogEventsAsync(
                new()
                {
                    LogGroupName = group, FilterPattern = Pattern(run, execution.FailedStates),
                        StartTime = (execution.StartedAt - Slack).ToUnixTimeMilliseconds(),
                    EndTime = ((execution.FinishedAt ?? DateTimeOffset.UtcNow) + Slack).ToUnixTimeMilliseconds(), NextToken = token,
                },
                cancel),
            p => p.NextToken, cancel);
        await foreach (var page in pages)
        {
            lines.AddRange((page.Events ?? []).Select(e => LogLine.Read(e.Timestamp ?? 0, e.Message ?? "")).OfType<LogLine>());
            if (lines.Count >= MostLines)
            {
                break;
            }
        }

        // Events come stream by stream, and each sandbox has one.
        return [.. lines.OrderBy(l => l.At).Take(MostLines)];
    }

    /// <summary>
    /// The filter pattern for the lines of failed chunks:
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="failed">The states that failed.</param>
    public static string Pattern(string runId, IReadOnlyList<FailedState> failed)
    {
        var chunks = failed.Select(f => f.ChunkId).OfType<int>().Distinct().Take(MostChunks).Select(c => $"($.chunk_id = {c})").ToList();
        var what = chunks.Count > 0 ? string.Join(" || ", chunks) : """($.level = "WARN") || ($.level = "ERROR") || ($.level = "FATAL")""";
        return $$"""{ ($.run_id = "{{runId}}") && ({{what}}) }""";
    }

    private async Task<string> FunctionNameAsync(string stateMachineArn, CancellationToken cancel)
    {
        var machine = await states.DescribeStateMachineAsync(new() { StateMachineArn = stateMachineArn }, cancel);
        return Texts(JsonNode.Parse(machine.Definition)).Select(Name).FirstOrDefault(n => n is not null) ?? throw new CmEtlException(
            ErrorKind.Configuration, ErrorIds.UnexpectedReply, $"The log cannot be found, because the definition of {stateMachineArn} names no Lambda function.",
            "Check the execution in the AWS console.") { Subject = stateMachineArn };
    }

    private static string? Name(string text) =>
        Arn.TryParse(text, out var arn) && arn.Service == "lambda" && arn.Resource.Split(':') is ["function", var name, ..] ? name : null;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
