using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// The node child process. The protocol is lines of JSON. All benches share one, because to load its packages takes longer than most tests.
/// It ends when its input ends, so with the test program.
/// </summary>
internal sealed class NodeHost
{
    private static readonly Lazy<Task<NodeHost>> Shared = new(StartAsync);

    private readonly Process _process;
    private readonly ConcurrentDictionary<long, NodeCall> _calls = new();
    private readonly Task<string> _errors;
    private readonly Lock _writing = new();
    private long _last;

    private NodeHost(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _ = ReadAsync();
    }

    public static Task<NodeHost> GetAsync() => Shared.Value;

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

    private static async Task<NodeHost> StartAsync()
    {
        var start = Node.Command("node", Path.Combine(await NodePackages.FolderAsync(), "host.mjs"));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new NodeHost(Process.Start(start)!);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var told = JsonNode.Parse(line)!;
            // What a stopped call still tells is of no use to anybody.
            if (_calls.TryGetValue((long)told["id"]!, out var call))
            {
                try
                {
                    Read(call, told);
                }
                catch (Exception error)
                {
                    // Of this call alone. The other benches need the reader.
                    call.Answer.TrySetException(error);
                }
            }
        }

        var ended = new InvalidOperationException($"node has ended: {await _errors}");
        foreach (var (_, call) in _calls)
        {
            call.Answer.TrySetException(ended);
        }
    }

    private void Read(NodeCall call, JsonNode told)
    {
        if (told["event"] is { } happened)
        {
            call.Event?.Invoke(happened);
        }
        else if (told["ask"] is { } ask)
        {
            _ = MapAsync(call.Map!, told, (long)ask);
        }
        else
        {
            _calls.TryRemove((long)told["id"]!, out _);
            if (told["failure"] is { } failure)
            {
                call.Answer.TrySetException(new InvalidOperationException((string)failure!));
            }
            else
            {
                call.Answer.TrySetResult(told["answer"]!);
            }
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
            try
            {
                _process.StandardInput.WriteLine(request.ToJsonString());
                _process.StandardInput.Flush();
            }
            catch (IOException error)
            {
                // Without this, every further test would wait for an answer.
                throw new InvalidOperationException($"node has ended: {_errors.Result}", error);
            }
        }
    }

    private sealed record NodeCall(TaskCompletionSource<JsonNode> Answer, Action<JsonNode>? Event, Func<string, JsonNode?,
        Task<JsonNode>>? Map);
}
