using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A run that goes on in this process after the cmdlet that started it has returned.</summary>
internal sealed class BackgroundRun : IProgress<EtlStatus>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<EtlStatus> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IProgress<EtlStatus>? _follower;

    /// <param name="engine">Owned from here on.</param>
    /// <param name="request">What to start.</param>
    /// <param name="follower">Told how the run stands, from other threads.</param>
    public BackgroundRun(EtlEngine engine, StartRequest request, IProgress<EtlStatus>? follower = null)
    {
        _follower = follower;
        Completion = Task.Run(() => WorkAsync(engine, request));
    }

    /// <summary>The run as first seen.</summary>
    public Task<EtlStatus> Known => _known.Task;

    /// <summary>Ends with the run and never fails.</summary>
    public Task Completion { get; }

    /// <summary>The run at its end; null when it ended with an error, or did not begin.</summary>
    public EtlStatus? Final { get; private set; }

    /// <summary>Why the run did not begin, or what is wrong with its end; null when it is sweep-safe or was cancelled.</summary>
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
