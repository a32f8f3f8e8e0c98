using System.Text.Json.Nodes;
using Amazon;
using Amazon.CloudWatchLogs;
using Amazon.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Reads the function's log of a failed execution.</summary>
public sealed class FunctionLog(IAmazonStepFunctions states, IAmazonCloudWatchLogs logs)
{
    /// <summary>Maximum number of lines to read. Enough for the failed chunks of a run, and some pages of the service.</summary>
    public const int MostLines = 500;

    // A filter pattern has at most 1024 characters.
    private const int MostChunks = 20;

    /// <summary>Allowance for the delay of log lines after the end of an invocation.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Reads the lines of the failed chunks, or the run's warnings and errors if no chunk failed.</summary>
    /// <param name="execution">An execution with its failed states.</param>
    /// <param name="cancel">Cancels the call.</param>
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
            lines.AddRange(page.Events.Select(e => LogLine.Read(e.Timestamp ?? 0, e.Message ?? "")).OfType<LogLine>());
            if (lines.Count >= MostLines)
            {
                break;
            }
        }

        // Events are returned by stream, and each execution environment has its own stream.
        return [.. lines.OrderBy(l => l.At).Take(MostLines)];
    }

    /// <summary>
    /// The filter pattern for the lines of failed chunks:
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html.
    /// </summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="failed">The failed states.</param>
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
