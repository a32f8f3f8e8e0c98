using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// The front door: every cmdlet and every function action is one call here. All methods throw <see cref="CmEtlException"/> for anything
/// a caller can act on, and <see cref="OperationCanceledException"/> when cancelled.
/// </summary>
public sealed class EtlEngine : IAsyncDisposable
{
    /// <param name="settings">Validated settings.</param>
    /// <param name="loggers">Where log lines go; no line holds an SSN, a password or a host.</param>
    public EtlEngine(EtlSettings settings, ILoggerFactory loggers) { Settings = settings; _ = loggers; }

    /// <summary>The settings this engine works with.</summary>
    public EtlSettings Settings { get; }

    /// <summary>Preflight: looks at settings, connection, schemas, reference data and privileges. Writes nothing.</summary>
    public Task<IReadOnlyList<Finding>> CheckAsync(CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The SQL that <see cref="InitializeAsync"/> would run now, as one script; empty when everything is in place.</summary>
    /// <param name="indexes">Whether to include the recommended indexes.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<string> GetInitializeScriptAsync(bool indexes, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Creates or upgrades the ledger and, when asked, creates the recommended indexes concurrently. Safe to repeat.</summary>
    /// <returns>Names of the migrations and indexes that were applied.</returns>
    public Task<IReadOnlyList<string>> InitializeAsync(bool indexes, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Plans without writing anything.</summary>
    public Task<IReadOnlyList<ChunkInfo>> PreviewPlanAsync(Phase phase, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The stored chunks of a run with their state, in plan order.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<IReadOnlyList<ChunkInfo>> GetChunksAsync(string? runId, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>One picture of a run.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<EtlStatus> GetStatusAsync(string? runId, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The newest runs, newest first.</summary>
    public Task<IReadOnlyList<EtlStatus>> GetRunsAsync(int limit, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Starts or resumes a run and works on it until it is finished, stopped or cancelled.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="progress">Called at most four times a second, from worker threads.</param>
    /// <param name="cancel">Stops the workers, on the server too, and leaves a run that can be resumed.</param>
    /// <returns>The final picture; a failed run is returned, not thrown.</returns>
    public Task<EtlStatus> RunAsync(StartRequest request, IProgress<EtlStatus>? progress, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Processes one chunk of a run now. A chunk that is done is skipped.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="chunkId">The chunk's number.</param>
    /// <param name="cancel">Stops the statement on the server and rolls back.</param>
    public Task<ChunkResult> ProcessChunkAsync(string? runId, int chunkId, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>
    /// Asks a running run to stop after the chunks in work. With <paramref name="abandon"/> the run is given up for good:
    /// refused while its lease is live unless forced; the marks of its unfinished chunks are released.
    /// </summary>
    public Task<EtlStatus> StopAsync(string? runId, bool abandon, bool force, string reason, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>What <see cref="ResetAsync"/> would touch.</summary>
    public Task<IReadOnlyList<ResetResult>> PreviewResetAsync(ResetRequest request, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Releases marks and sets chunks back to pending, with a new fence, recording who and why.</summary>
    public Task<IReadOnlyList<ResetResult>> ResetAsync(ResetRequest request, CancellationToken cancel) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
