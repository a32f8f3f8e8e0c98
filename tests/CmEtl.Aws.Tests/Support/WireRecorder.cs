using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CmEtl.AwsBench;

namespace CmEtl.Aws.Tests;

/// <summary>
/// A server that answers every request with an empty object and keeps the requests, without the parts that differ between clients.
/// </summary>
internal sealed partial class WireRecorder : IDisposable
{
    // Headers of the SDK and not of the operation: signature, clock, retries, user agent.
    private static readonly string[] OfEveryRequest = ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent"];

    private readonly LoopbackListener _listener;
    private readonly ConcurrentQueue<string> _requests = new();

    public WireRecorder() => _listener = new LoopbackListener(AnswerAsync);

    public Uri Url => new($"http://127.0.0.1:{_listener.Port}/");

    /// <summary>The requests since the last call, one text each: method, path, query, headers, body.</summary>
    public IReadOnlyList<string> Take()
    {
        var all = new List<string>();
        while (_requests.TryDequeue(out var request))
        {
            all.Add(request);
        }

        return all;
    }

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var body = await LoopbackListener.ReadAsync(context);
        var headers = request.Headers.AllKeys.Select(k => k!.ToLowerInvariant())
            .Where(k => k == "content-type" || (k.StartsWith("x-amz", StringComparison.Ordinal) && !OfEveryRequest.Contains(k)))
            .Order(StringComparer.Ordinal).Select(k => $"{k}: {request.Headers[k]}");
        _requests.Enqueue(string.Join('\n', [$"{request.HttpMethod} {request.RawUrl}", .. headers, Normal(body)]));
        await LoopbackListener.AnswerAsync(context, 200, "{}"u8.ToArray());
    }

    // Sorts the members. A token that the client generated is replaced.
    private static string Normal(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return text.StartsWith('{') ? Token().Replace(Sorted(JsonNode.Parse(text))!.ToJsonString(), "\"(token)\"") : text;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o =>
            new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\"")]
    private static partial Regex Token();
}
