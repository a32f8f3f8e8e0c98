using System.Collections.Concurrent;
using System.Text.Json;

namespace CmEtl.AwsBench;

/// <summary>
/// Lambda on loopback. It runs the real package, for a function that exists from the start or functions that are created over HTTP, and
/// offers Invoke (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html) to any client, for example a Step Functions server.
/// </summary>
public sealed class LambdaHost : IDisposable
{
    private readonly FunctionOperations _functions;
    private readonly LoopbackListener _rest;
    private readonly SemaphoreSlim _places;
    private readonly string? _placed;

    /// <param name="function">The only function.</param>
    public LambdaHost(LambdaOptions function)
        : this(new LambdaAccount { Concurrency = function.Concurrency })
    {
        _placed = function.FunctionName;
        _functions.Place(function);
    }

    /// <param name="account">The account in which functions are created.</param>
    public LambdaHost(LambdaAccount account)
    {
        _places = new SemaphoreSlim(account.Concurrency);
        _functions = new FunctionOperations(account, Log.Enqueue);
        _rest = new LoopbackListener(new LambdaApi(account, _functions, InvokeAsync).AnswerAsync);
    }

    /// <summary>Value for AWS_ENDPOINT_URL_LAMBDA.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{_rest.Port}");

    /// <summary>All sandboxes that were started.</summary>
    public IReadOnlyCollection<LambdaSandbox> Sandboxes => [.. _functions.All.SelectMany(f => f.Sandboxes)];

    /// <summary>All lines that the functions wrote.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>All responses.</summary>
    public ConcurrentQueue<InvokeResult> Results { get; } = new();

    /// <summary>Reasons with which the next updates of a function fail.</summary>
    public Queue<string> UpdateFailures => _functions.UpdateFailures;

    /// <summary>Whether environments cannot be read, as without permission for their KMS key.</summary>
    public bool HideEnvironment
    {
        get => _functions.HideEnvironment;
        set => _functions.HideEnvironment = value;
    }

    /// <summary>Completes the changes in progress.</summary>
    public void Settle()
    {
        foreach (var function in _functions.All)
        {
            function.Settle();
        }
    }

    /// <summary>Invokes the only function with an object as event.</summary>
    public Task<InvokeResult> InvokeAsync(object payload) => InvokeAsync(JsonSerializer.SerializeToUtf8Bytes(payload));

    /// <summary>Invokes the only function and waits for its end.</summary>
    public Task<InvokeResult> InvokeAsync(byte[] payload) =>
        InvokeAsync(new FunctionName(_placed ?? throw new InvalidOperationException("Which function?"), null), payload);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rest.Dispose();
        _functions.Dispose();
        _places.Dispose();
    }

    private async Task<InvokeResult> InvokeAsync(FunctionName name, byte[] payload)
    {
        var function = _functions.Serving(name);
        var result = InvokeResult.Throttled;
        if (_places.Wait(0))
        {
            try
            {
                result = await function.InvokeAsync(payload) with { Version = function.Version };
            }
            finally
            {
                _places.Release();
            }
        }

        Results.Enqueue(result);
        return result;
    }
}
