using CmEtl.Engine;
using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>
/// Processes one event after the other. An exception of an action is reported as the invocation's error, and the loop continues.
/// </summary>
internal sealed class RuntimeLoop(RuntimeClient client, InvocationHandler handler, JsonLoggers logs, FunctionMetrics metrics,
    Redactor redactor)
{
    private readonly ILogger _log = logs.CreateLogger("CmEtl.Lambda");

    /// <summary>Runs until <paramref name="stop"/>. An invocation in progress is rolled back and gets a reply first.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (await NextAsync(stop) is { } invocation)
        {
            logs.Context = new LogContext(invocation.RequestId, RunId: null, ChunkId: null);
            await AnswerAsync(invocation, stop);
        }
    }

    private async Task<Invocation?> NextAsync(CancellationToken stop)
    {
        try
        {
            return stop.IsCancellationRequested ? null : await client.NextAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(Invocation invocation, CancellationToken stop)
    {
        byte[] reply;
        try
        {
            reply = await handler.HandleAsync(invocation,
                input => logs.Context = new LogContext(invocation.RequestId, input.Run, input.Chunk), stop);
        }
        catch (Exception error)
        {
            var failure = FunctionError.From(error);
            failure = failure with { ErrorMessage = redactor.Clean(failure.ErrorMessage) };
            _log.LogError("{Type}: {Message}", failure.ErrorType, failure.ErrorMessage);
            if (error is not CmEtlException)
            {
                _log.LogError("{Trace}", error.StackTrace);
            }

            metrics.Failure(failure);
            await client.FailAsync(invocation.RequestId, failure, CancellationToken.None);
            return;
        }

        await client.RespondAsync(invocation.RequestId, reply, CancellationToken.None);
    }
}
