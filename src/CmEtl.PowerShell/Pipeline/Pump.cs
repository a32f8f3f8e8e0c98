using System.Collections.Concurrent;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>
/// Runs the engine on other threads and writes their output on the pipeline thread, the only thread that may call the Write methods.
/// </summary>
internal sealed class Pump(CancellationTokenSource stop)
{
    // After Ctrl-C, work is cancelled on the server and chunks are given back, usually in a tenth of this time. The prompt waits no longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly BlockingCollection<Action?> _queue = [];
    private volatile bool _closed;

    /// <summary>The current work, or the last.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Queues an action. It is dropped if the cmdlet has ended, because a background run continues after it.</summary>
    public void Post(Action write)
    {
        if (!_closed)
        {
            _queue.Add(write);
        }
    }

    /// <summary>Cancels the work and ends the wait for it. Called from another thread.</summary>
    public void Stop()
    {
        // Not synchronously, because cancelling a statement contacts the server, which may not respond.
        _ = stop.CancelAsync();
        Post(() => throw new PipelineStoppedException());
    }

    public void Close() => _closed = true;

    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = Task.Run(() => work(stop.Token));
        Work = task;
        _ = task.ContinueWith(_ => _queue.Add(null), TaskScheduler.Default);
        try
        {
            while (_queue.Take() is { } write)
            {
                write();
            }
        }
        catch
        {
            // The pipeline has stopped (Ctrl-C, Select-Object -First, -ErrorAction Stop). Cancel the work before returning.
            _ = stop.CancelAsync();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience);
            throw;
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
