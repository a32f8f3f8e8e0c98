using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Handles an invocation within its time limit: reads the event, runs the action, and stops it early enough to roll back.
/// </summary>
internal sealed class InvocationHandler(Dispatcher dispatcher, TimeSpan margin)
{
    /// <summary>Runs the action.</summary>
    /// <param name="invocation">The invocation.</param>
    /// <param name="read">Called with the event after it was read.</param>
    /// <param name="stop">Canceled when Lambda shuts down the execution environment.</param>
    /// <returns>The reply as JSON. Throws <see cref="CmEtlException"/>, of kind Transient if the time ran out.</returns>
    public async Task<byte[]> HandleAsync(Invocation invocation, Action<ActionInput> read, CancellationToken stop)
    {
        var input = ActionInput.Parse(invocation.Event);
        read(input);
        var left = invocation.Deadline - DateTimeOffset.UtcNow - margin;
        if (left <= TimeSpan.Zero)
        {
            throw OutOfTime($"The function's timeout leaves no time beyond the margin of {margin.TotalSeconds:F0} s.");
        }

        using var deadline = new CancellationTokenSource(left);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        input.Deadline = new ChunkDeadline(left, deadline.Token);
        try
        {
            return await dispatcher.RunAsync(input, time.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            throw OutOfTime(stop.IsCancellationRequested
                ? "Lambda is shutting down the execution environment. The chunk was rolled back."
                : $"{input.Action} ran out of time. The chunk was rolled back.");
        }
    }

    private static CmEtlException OutOfTime(string message) => new(
        ErrorKind.Transient, ErrorIds.OutOfTime, message, "Try again. Finished chunks are kept, and a chunk that used most of the time was split. If this happens often, increase the function's timeout or reduce target_chunk_size.");
}
