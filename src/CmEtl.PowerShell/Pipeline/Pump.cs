using System.Collections.Concurrent;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>
/// Runs the engine on other threads and performs what they have to write on the pipeline thread, the only one that may call Write*.
/// </summary>
internal sealed class Pump(CancellationTokenSource stop)
{
    private readonly BlockingCollection<Action?> _queue = [];
    private volatile bool _closed;

    /// <summary>Queues something to write. Dropped when the cmdlet is over: a background run outlives it.</summary>
    public void Post(Action write)
    {
        if (!_closed)
        {
            _queue.Add(write);
        }
    }

    public void Close() => _closed = true;

    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = Task.Run(() => work(stop.Token));
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
            stop.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(10));
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
