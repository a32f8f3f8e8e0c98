using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>The node child process. The protocol is lines of JSON.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<long, NodeCall> _calls = new();
    private readonly Task _reader;
    private readonly Task<string> _errors;
    private readonly Lock _writing = new();
    private long _last;

    private NodeHost(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reader = ReadAsync();
    }

    public static async Task<NodeHost> StartAsync(BenchOptions options)
    {
        var folder = await NodePackages.FolderAsync();
        var start = Node.Command("node", Path.Combine(folder, "host.mjs"));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["AWS_REGION"] = options.Region;
        start.Environment["AWS_ACCESS_KEY_ID"] = options.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = options.SecretKey;
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        // Prevents accidental calls of the real service.
        start.Environment["AWS_ENDPOINT_URL_LAMBDA"] = options.LambdaUrl?.ToString() ?? "http://127.0.0.1:9";
        return new NodeHost(Process.Start(start)!);
    }

    /// <summary>Sends a request. The id is needed to stop it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="request">Its input.</param>
    /// <param name="onEvent">Called for every event of a run.</param>
    /// <param name="onMap">Executes a Distributed Map state, given its name and input. Returns its output or throws <see
    /// cref="StateFault"/>.</param>
    public (long Id, Task<JsonNode> Answer) Call(
        string operation, JsonObject request, Action<JsonNode>? onEvent = null, Func<string, JsonNode?, Task<JsonNode>>? onMap = null)
    {
        var id = Interlocked.Increment(ref _last);
        var call = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = new(call, onEvent, onMap);
        request["id"] = id;
        request["operation"] = operation;
        Write(request);
        return (id, call.Task);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reader;
        await _errors;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JsonNode.Parse(line)!;
            var id = (long)answer["id"]!;
            if (answer["event"] is { } happened)
            {
                _calls[id].Event?.Invoke(happened);
            }
            else if (answer["ask"] is { } ask)
            {
                _ = MapAsync(_calls[id].Map!, answer, (long)ask);
            }
            else if (_calls.TryRemove(id, out var call))
            {
                if (answer["failure"] is { } failure)
                {
                    call.Answer.SetException(new InvalidOperationException((string)failure!));
                }
                else
                {
                    call.Answer.SetResult(answer["answer"]!);
                }
            }
        }

        foreach (var (_, call) in _calls)
        {
            call.Answer.TrySetException(new InvalidOperationException("node has ended."));
        }
    }

    private async Task MapAsync(Func<string, JsonNode?, Task<JsonNode>> map, JsonNode asked, long ask)
    {
        var answer = new JsonObject { ["operation"] = "answer", ["ask"] = ask };
        try
        {
            answer["output"] = await map((string)asked["state"]!, asked["input"]);
        }
        catch (StateFault fault)
        {
            (answer["error"], answer["cause"]) = (fault.Error, fault.Message);
        }
        catch (Exception error)
        {
            (answer["error"], answer["cause"]) = ("Bench.MapFailed", error.ToString());
        }

        Write(answer);
    }

    private void Write(JsonObject request)
    {
        lock (_writing)
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
        }
    }

    private sealed record NodeCall(TaskCompletionSource<JsonNode> Answer, Action<JsonNode>? Event, Func<string, JsonNode?,
        Task<JsonNode>>? Map);
}
