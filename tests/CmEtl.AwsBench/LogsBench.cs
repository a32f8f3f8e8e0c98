using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CmEtl.AwsBench;

/// <summary>
/// FilterLogEvents of CloudWatch Logs on the log lines of a function:
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html. It supports filter patterns for JSON that
/// compare members by = and combine comparisons with "and" and "or". Others are refused.
/// </summary>
public sealed partial class LogsBench : IDisposable
{
    private const int PageSize = 3;

    private readonly LoopbackListener _listener;
    private readonly string _group;
    private readonly Func<IEnumerable<string>> _lines;
    private readonly SigV4Verifier _verifier = new("AKIDBENCH", "bench-secret", "logs");

    /// <param name="function">Name of the function whose log group exists.</param>
    /// <param name="lines">Its lines.</param>
    public LogsBench(string function, Func<IEnumerable<string>> lines)
    {
        (_group, _lines) = ($"/aws/lambda/{function}", lines);
        _listener = new LoopbackListener(AnswerAsync);
    }

    /// <summary>Value for AWS_ENDPOINT_URL_CLOUDWATCH_LOGS.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}/");

    /// <summary>The requested patterns.</summary>
    public ConcurrentQueue<string> Patterns { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = await LoopbackListener.ReadAsync(context);
        var request = JsonNode.Parse(body)!;
        try
        {
            if (_verifier.Refuse(context.Request, body) is { } refusal)
            {
                throw new ServiceFault(refusal, "The request signature we calculated does not match the signature you provided.", 403);
            }

            await LoopbackListener.AnswerAsync(context, 200, JsonSerializer.SerializeToUtf8Bytes(Filter(request)));
        }
        catch (ServiceFault fault)
        {
            await LoopbackListener.AnswerAsync(context, fault.Status,
                JsonSerializer.SerializeToUtf8Bytes(new { __type = fault.Code, message = fault.Message }));
        }
    }

    private JsonObject Filter(JsonNode request)
    {
        if ((string?)request["logGroupName"] != _group)
        {
            throw new ServiceFault("ResourceNotFoundException", "The specified log group does not exist.");
        }

        var pattern = (string?)request["filterPattern"] ?? "";
        Patterns.Enqueue(pattern);
        var (from, to) = ((long?)request["startTime"] ?? 0, (long?)request["endTime"] ?? long.MaxValue);
        var found = _lines().Select(l => (Text: l, Json: Parse(l))).Where(l => l.Json is not null && Matches(pattern, l.Json))
            .Select(l => (l.Text, At: DateTimeOffset.Parse((string)l.Json!["timestamp"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()))
            .Where(l => l.At >= from && l.At < to).ToList();
        // Some pages have no events: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html.
        var start = int.Parse((string?)request["nextToken"] ?? "-1", CultureInfo.InvariantCulture);
        var page = start < 0 ? [] : found.Skip(start).Take(PageSize);
        var answer = new JsonObject
        {
            ["events"] = new JsonArray([.. page.Select(l => new JsonObject { ["timestamp"] = l.At, ["message"] = l.Text, ["logStreamName"] = "s", ["eventId"] = "1" })]),
            ["searchedLogStreams"] = new JsonArray(),
        };
        var next = start < 0 ? 0 : start + PageSize;
        if (next < found.Count)
        {
            answer["nextToken"] = $"{next}";
        }

        return answer;
    }

    private static bool Matches(string pattern, JsonNode line)
    {
        var terms = Term().Matches(pattern);
        // After removing the comparisons only operators are left.
        if (pattern.Length > 1024 || !Joints().IsMatch(Term().Replace(pattern, "T")))
        {
            throw new ServiceFault("InvalidParameterException", "Invalid filter pattern");
        }

        var values = terms.Select(m => line[m.Groups[1].Value]?.ToString() == m.Groups[2].Value.Trim('"')).ToList();
        // { (T) && ((T) || (T)) }: the first, and one of the others.
        return values.Count > 1 && values[0] && values.Skip(1).Any(v => v);
    }

    private static JsonNode? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""\(\$\.([a-z_]+) = ("[A-Za-z0-9_-]+"|\d+)\)""")]
    private static partial Regex Term();

    [GeneratedRegex(@"^\{ T && \(T( \|\| T)*\) \}$")]
    private static partial Regex Joints();
}
