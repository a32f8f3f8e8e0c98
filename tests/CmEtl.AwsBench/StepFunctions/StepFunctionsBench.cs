using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// A server of the Step Functions API on loopback. Executions run in an interpreter and call functions at the configured endpoint.
/// </summary>
public sealed class StepFunctionsBench : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly SigV4Verifier _verifier;
    private readonly MachineOperations _machines;
    private readonly ExecutionOperations _executions;
    private readonly Task _loop;

    private StepFunctionsBench(BenchOptions options, NodeHost node)
    {
        Options = options;
        _machines = new MachineOperations(options, node);
        var runner = new ExecutionRunner(options, node);
        _executions = new ExecutionOperations(options, _machines, runner, new MapRunner(options, runner));
        _verifier = new SigV4Verifier(options.AccessKey, options.SecretKey, "states");
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _loop = ListenAsync();
    }

    /// <summary>The options it was started with.</summary>
    public BenchOptions Options { get; }

    /// <summary>Its address, for <c>AWS_ENDPOINT_URL_SFN</c> or a client's config.</summary>
    public Uri Url { get; }

    /// <summary>All operations called so far, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The descriptions of all executions, including the children of Map Runs, and all events of their histories.</summary>
    public IReadOnlyList<string> Told => [.. _executions.Told.Select(t => t.ToJsonString())];

    /// <summary>Answers the next calls of an operation with an error: operation, error code, HTTP status.</summary>
    public Queue<(string Operation, string Code, int Status)> Faults { get; } = [];

    /// <summary>Executes the next calls of these operations, but closes the connection instead of answering.</summary>
    public Queue<string> LostAnswers { get; } = [];

    /// <summary>Awaited before an answer is dropped.</summary>
    public Func<Task> WaitBeforeLoss { get; set; } = () => Task.CompletedTask;

    /// <summary>Starts a server. The first start installs the interpreter.</summary>
    public static async Task<StepFunctionsBench> StartAsync(BenchOptions? options = null)
    {
        options ??= new BenchOptions();
        return new StepFunctionsBench(options, await NodeHost.GetAsync());
    }

    /// <summary>A port on which no process listens.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The current definition of a machine.</summary>
    public string Definition(string machineArn) => (string)_machines.Machines[machineArn].Content["definition"]!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        _executions.StopAll();
        _gate.Dispose();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var (status, answer) = await HandleAsync(call.Request);
        if (LostAnswers.TryPeek(out var lost) && call.Request.Headers["X-Amz-Target"]?.EndsWith($".{lost}", StringComparison.Ordinal) == true)
        {
            LostAnswers.Dequeue();
            await WaitBeforeLoss();
            call.Response.Abort();
            return;
        }

        call.Response.StatusCode = status;
        call.Response.ContentType = "application/x-amz-json-1.0";
        call.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        call.Response.Close();
    }

    private async Task<(int Status, JsonObject Answer)> HandleAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        // Requests are processed one at a time, which keeps the state in memory consistent.
        await _gate.WaitAsync();
        try
        {
            if (_verifier.Refuse(request, body.ToArray()) is { } refusal)
            {
                throw new ServiceFault(refusal, "The request signature we calculated does not match the signature you provided.");
            }

            var operation = request.Headers["X-Amz-Target"]?.Split('.')[^1] ?? "";
            Calls.Add(operation);
            if (Faults.TryPeek(out var fault) && fault.Operation == operation)
            {
                Faults.Dequeue();
                throw new ServiceFault(fault.Code, "As the test ordered.", fault.Status);
            }

            return (200, await DispatchAsync(operation, JsonNode.Parse(body.ToArray())!.AsObject()));
        }
        catch (ServiceFault fault)
        {
            return (fault.Status, new() { ["__type"] = $"com.amazonaws.swf.service.v2.model#{fault.Code}", ["message"] = fault.Message });
        }
        catch (Exception error) when (
            error is InvalidOperationException or FormatException or NullReferenceException or System.Text.Json.JsonException)
        {
            return (400, new() { ["__type"] = "ValidationException", ["message"] = error.Message });
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<JsonObject> DispatchAsync(string operation, JsonObject request) => operation switch
    {
        "CreateStateMachine" => await _machines.CreateAsync(request),
        "UpdateStateMachine" => await _machines.UpdateAsync(request),
        "DescribeStateMachine" => _machines.Describe(request),
        "DeleteStateMachine" => _machines.Delete(request),
        "ListStateMachines" => _machines.List(request),
        "ValidateStateMachineDefinition" => await _machines.ValidateAsync(request),
        "PublishStateMachineVersion" => _machines.Publish(request),
        "ListStateMachineVersions" => _machines.ListVersions(request),
        "ListStateMachineAliases" => _machines.ListAliases(request),
        "DeleteStateMachineVersion" => _machines.DeleteVersion(request),
        "CreateStateMachineAlias" => _machines.CreateAlias(request),
        "UpdateStateMachineAlias" => _machines.UpdateAlias(request),
        "DescribeStateMachineAlias" => _machines.DescribeAlias(request),
        "TagResource" => _machines.Tag(request),
        "UntagResource" => _machines.Untag(request),
        "ListTagsForResource" => _machines.ListTags(request),
        "StartExecution" => _executions.Start(request),
        "DescribeExecution" => _executions.Describe(request),
        "StopExecution" => _executions.Stop(request),
        "RedriveExecution" => _executions.Redrive(request),
        "ListExecutions" => _executions.List(request),
        "GetExecutionHistory" => _executions.GetHistory(request),
        "ListMapRuns" => _executions.ListMapRuns(request),
        "DescribeMapRun" => _executions.DescribeMapRun(request),
        _ => throw new ServiceFault("UnknownOperationException", $"There is no operation {operation}."),
    };
}
