using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CmEtl.AwsBench;

/// <summary>
/// Lambda on loopback: runs the real package in as many sandboxes as there are invocations at the same time, reuses idle ones, and offers
/// Invoke over HTTP (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html) to whoever speaks it, a Step Functions server for instance.
/// </summary>
public sealed class LambdaHost : IDisposable
{
    private readonly LambdaOptions _options;
    private readonly FunctionFolder _folder;
    private readonly LoopbackListener _rest;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentBag<LambdaSandbox> _idle = [];
    private readonly ConcurrentBag<LambdaSandbox> _all = [];

    /// <param name="options">The function.</param>
    public LambdaHost(LambdaOptions options)
    {
        _options = options;
        _folder = new FunctionFolder(options.ZipFile);
        _places = new SemaphoreSlim(options.Concurrency);
        _rest = new LoopbackListener(AnswerAsync);
    }

    /// <summary>Value for AWS_ENDPOINT_URL_LAMBDA.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{_rest.Port}");

    /// <summary>Every sandbox that was started.</summary>
    public IReadOnlyCollection<LambdaSandbox> Sandboxes => _all;

    /// <summary>All lines that the function wrote.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Everything that was answered.</summary>
    public ConcurrentQueue<InvokeResult> Results { get; } = new();

    /// <summary>Invokes the function with an object as event.</summary>
    public Task<InvokeResult> InvokeAsync(object payload) => InvokeAsync(JsonSerializer.SerializeToUtf8Bytes(payload));

    /// <summary>Invokes the function and waits for its end.</summary>
    public async Task<InvokeResult> InvokeAsync(byte[] payload)
    {
        var result = _places.Wait(0) ? await RunAsync(payload) : new InvokeResult(
            JsonSerializer.SerializeToUtf8Bytes(new { Reason = "ConcurrentInvocationLimitExceeded", Type = "User", message = "Rate Exceeded." }), null, 429);
        Results.Enqueue(result);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rest.Dispose();
        foreach (var sandbox in _all)
        {
            sandbox.Dispose();
        }

        _folder.Dispose();
        _places.Dispose();
    }

    private async Task<InvokeResult> RunAsync(byte[] payload)
    {
        try
        {
            var sandbox = Take();
            var result = await sandbox.InvokeAsync(payload);
            if (sandbox.Alive)
            {
                _idle.Add(sandbox);
            }

            return result;
        }
        finally
        {
            _places.Release();
        }
    }

    private LambdaSandbox Take()
    {
        while (_idle.TryTake(out var warm))
        {
            if (warm.Alive)
            {
                return warm;
            }
        }

        var cold = new LambdaSandbox(_options, _folder, Log.Enqueue);
        _all.Add(cold);
        return cold;
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var name = request.HttpMethod == "POST" && request.Url!.Segments is ["/", "2015-03-31/", "functions/", var segment, "invocations"]
            ? WebUtility.UrlDecode(segment.TrimEnd('/')) : "";
        // A name, a partial or a full ARN, with or without a version.
        var known = name == _options.FunctionName || $"{name}:".Contains($":function:{_options.FunctionName}:", StringComparison.Ordinal);
        if (!known || request.Headers["X-Amz-Invocation-Type"] is not (null or "RequestResponse"))
        {
            context.Response.Headers["X-Amzn-ErrorType"] = known ? "InvalidParameterValueException" : "ResourceNotFoundException";
            var message = JsonSerializer.Serialize(new { Type = "User", Message = known ? "Only RequestResponse is offered here." : $"Function not found: {name}" });
            await LoopbackListener.AnswerAsync(context, known ? 400 : 404, Encoding.UTF8.GetBytes(message));
            return;
        }

        var result = await InvokeAsync(await LoopbackListener.ReadAsync(context));
        context.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (result.FunctionError is { } error)
        {
            context.Response.Headers["X-Amz-Function-Error"] = error;
        }

        if (result.StatusCode == 429)
        {
            context.Response.Headers["X-Amzn-ErrorType"] = "TooManyRequestsException";
        }

        await LoopbackListener.AnswerAsync(context, result.StatusCode, result.Payload);
    }
}
