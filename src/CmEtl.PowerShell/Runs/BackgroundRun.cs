using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A run that continues in this process after the cmdlet that started it has returned.</summary>
internal sealed class BackgroundRun : IProgress<EtlStatus>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<EtlStatus> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IProgress<EtlStatus>? _follower;

    /// <param name="engine">The engine. The run disposes it.</param>
    /// <param name="request">The start request.</param>
    /// <param name="follower">Receives the status of the run, on other threads.</param>
    public BackgroundRun(EtlEngine engine, StartRequest request, IProgress<EtlStatus>? follower = null)
    {
        _follower = follower;
        Completion = Task.Run(() => WorkAsync(engine, request));
    }

    /// <summary>The first status of the run. Fails if the run cannot begin.</summary>
    public Task<EtlStatus> Known => _known.Task;

    /// <summary>Completes when the run has ended. Never fails.</summary>
    public Task Completion { get; }

    /// <summary>The run when it has ended. Null if it ended with an exception or did not begin.</summary>
    public EtlStatus? Final { get; private set; }

    /// <summary>Why the run did not begin or did not succeed. Null if it is sweep-safe or was canceled.</summary>
    public ErrorRecord? Problem { get; private set; }

    public void Cancel() => _ = _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    void IProgress<EtlStatus>.Report(EtlStatus value)
    {
        _known.TrySetResult(value);
        _follower?.Report(value);
    }

    private async Task WorkAsync(EtlEngine engine, StartRequest request)
    {
        try
        {
            await using (engine)
            {
                var final = Final = await engine.RunAsync(request, this, _stop.Token);
                _known.TrySetResult(final);
                Problem = _stop.IsCancellationRequested
                    ? null
                    : ErrorRecords.RunEnded(final, await engine.GetFailedChunksAsync(final, _stop.Token));
            }
        }
        catch (Exception e)
        {
            Problem = _stop.IsCancellationRequested ? null : ErrorRecords.RunBroken(e, engine.Settings.Database);
            _known.TrySetException(e);
        }
    }
}
