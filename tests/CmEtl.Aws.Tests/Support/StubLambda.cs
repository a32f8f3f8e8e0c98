using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CmEtl.AwsBench;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Aws.Tests;

/// <summary>A Lambda endpoint whose function is a delegate of the test. It refuses unsigned requests.</summary>
internal sealed class StubLambda : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<JsonNode, JsonNode?> _function;
    private readonly SigV4Verifier _verifier = new("AKIDBENCH", "bench-secret", "lambda");
    private readonly Task _loop;
    private readonly List<JsonNode> _calls = [];

    /// <param name="function">Answers a payload; throws <see cref="StubError"/> to fail.</param>
    public StubLambda(Func<JsonNode, JsonNode?> function)
    {
        _function = function;
        Url = new Uri($"http://127.0.0.1:{StepFunctionsBench.FreePort()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _loop = ListenAsync();
    }

    public Uri Url { get; }

    /// <summary>The requested paths, unchanged.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The payloads so far, optionally of one action.</summary>
    public List<JsonNode> Calls(string? action = null)
    {
        lock (_calls)
        {
            return [.. _calls.Where(c => action is null || (string?)c["action"] == action)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(call));
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body);
        var (status, answer) = (200, "");
        if (_verifier.Refuse(call.Request, body.ToArray()) is { } refusal)
        {
            (status, answer) = Refuse(call.Response, 403, refusal);
        }
        else
        {
            try
            {
                var payload = body.Length == 0 ? new JsonObject() : JsonNode.Parse(body.ToArray())!;
                lock (_calls)
                {
                    _calls.Add(payload);
                    Paths.Add(call.Request.HttpMethod + " " + call.Request.RawUrl);
                }

                answer = _function(payload)?.ToJsonString() ?? "null";
            }
            catch (StubError error) when (error.Status != 200)
            {
                (status, answer) = Refuse(call.Response, error.Status, error.Name);
            }
            catch (StubError error)
            {
                call.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
                answer = new JsonObject { ["errorType"] = error.Name, ["errorMessage"] = error.Message }.ToJsonString();
            }
        }

        call.Response.StatusCode = status;
        await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        call.Response.Close();
    }

    private static (int Status, string Answer) Refuse(HttpListenerResponse response, int status, string code)
    {
        response.Headers["x-amzn-ErrorType"] = code + ":http://internal.amazon.com/";
        return (status, new JsonObject { ["Message"] = code }.ToJsonString());
    }
}
