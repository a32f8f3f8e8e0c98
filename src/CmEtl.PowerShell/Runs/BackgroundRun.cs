using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A run that goes on in this process after the cmdlet that started it has returned.</summary>
internal sealed class BackgroundRun : IProgress<EtlStatus>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<EtlStatus> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="engine">Owned from here on.</param>
    /// <param name="request">What to start.</param>
    public BackgroundRun(EtlEngine engine, StartRequest request)
    {
        Completion = Task.Run(() => WorkAsync(engine, request));
    }

    /// <summary>The run as first seen.</summary>
    public Task<EtlStatus> Known => _known.Task;

    /// <summary>Ends with the run and never fails.</summary>
    public Task Completion { get; }

    /// <summary>What went wrong after the run was known; null while nothing did.</summary>
    public string? Problem { get; private set; }

    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    void IProgress<EtlStatus>.Report(EtlStatus value) => _known.TrySetResult(value);

    private async Task WorkAsync(EtlEngine engine, StartRequest request)
    {
        try
        {
            await using (engine)
            {
                var final = await engine.RunAsync(request, this, _stop.Token);
                _known.TrySetResult(final);
                Problem = final.State == RunState.Failed ? ErrorRecords.RunFailed(final, []).ErrorDetails.Message : null;
            }
        }
        catch (Exception e)
        {
            if (!_known.TrySetException(e) && !_stop.IsCancellationRequested)
            {
                Problem = e is CmEtlException known ? $"{known.Message} {known.Remedy}" : e.Message;
            }
        }
    }
}
