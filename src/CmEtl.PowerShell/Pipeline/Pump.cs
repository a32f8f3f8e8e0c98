using System.Collections.Concurrent;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>
/// Runs the engine on other threads and performs what they have to write on the pipeline thread, the only one that may call Write*.
/// </summary>
internal sealed class Pump(CancellationTokenSource stop)
{
    // What is stopped is cancelled on the server and given back, mostly in a tenth of this; who pressed Ctrl-C waits no longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly BlockingCollection<Action?> _queue = [];
    private volatile bool _closed;

    /// <summary>The work that is under way, or was last.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Queues something to write. Dropped when the cmdlet is over: a background run outlives it.</summary>
    public void Post(Action write)
    {
        if (!_closed)
        {
            _queue.Add(write);
        }
    }

    /// <summary>Ends the work and what waits for it; called from another thread.</summary>
    public void Stop()
    {
        // Not synchronously: a cancelled statement asks its server, and that may not answer.
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
            // The pipeline takes nothing any more (Ctrl-C, Select-Object -First, -ErrorAction Stop): end the work before leaving.
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
