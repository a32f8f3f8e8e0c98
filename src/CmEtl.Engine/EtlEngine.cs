using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The entry point of the engine: every cmdlet and every action of the function is one call here. All methods throw <see
/// cref="CmEtlException"/> for anything that a caller can act on, and <see cref="OperationCanceledException"/> when cancelled.
/// </summary>
public sealed partial class EtlEngine : IAsyncDisposable
{
    private readonly Database _database;
    private readonly SqlLibrary _sql;
    private readonly ILogger _log;
    private readonly RunLedger _runs;
    private readonly ChunkLedger _chunks;
    private readonly ChunkStatements _statements;
    private readonly ChunkPlanner _planner;
    private readonly ChunkWorker _worker;
    private readonly StatusReader _status;
    private readonly StuckRowRepair _repair;
    private readonly LedgerMigrator _migrator;
    private readonly RunSteps _steps;
    private readonly HookRunner _hooks;
    private readonly Notifier _notifier;
    private readonly MetricsFile _metrics;
    private readonly RunObserver _observer;
    private readonly Freshness _freshness;
    private readonly Outage _outage;
    private readonly WorkerSessions _sessions;
    private readonly EventReader _events;
    private readonly HistoryKeeper _history;

    /// <param name="settings">Validated settings.</param>
    /// <param name="loggers">Receives log lines, which contain no SSN, password or host.</param>
    /// <param name="password">
    /// Returns the password of every new connection, for passwords that expire before the engine is disposed; null to use the one of the
    /// settings.
    /// A <see cref="CmEtlException"/> that it throws reaches the caller unchanged.
    /// </param>
    /// <param name="publish">
    /// Publishes a notification, its subject and its message, to the topic of notify_sns_topic_arn and returns the HTTP status of the
    /// answer; null where there is no topic.
    /// </param>
    public EtlEngine(
        EtlSettings settings, ILoggerFactory loggers, Func<CancellationToken, ValueTask<string>>? password = null,
        Func<string, string, CancellationToken, Task<int>>? publish = null)
    {
        Settings = settings;
        _database = new Database(settings, password);
        _log = loggers.CreateLogger("CmEtl");
        _sql = new SqlLibrary(new Dictionary<string, string>
        {
            ["conflict"] = settings.ConflictSchema, ["analytics"] = settings.AnalyticsSchema, ["ledger"] = settings.LedgerSchema,
        });
        _outage = new Outage(settings, _database, _sql, _log);
        _runs = new RunLedger(settings, _database, _sql);
        _chunks = new ChunkLedger(settings, _database, _sql);
        _statements = new ChunkStatements(settings, _database, _sql);
        var delta = new DeltaLook(settings, _database, _statements, _log);
        _planner = new ChunkPlanner(settings, _runs, _database, _statements, delta, _sql, _log);
        _worker = new ChunkWorker(settings, _runs, _chunks, new ChunkProcessor(settings, _database, _chunks, _statements, _log), _outage, _log);
        _status = new StatusReader(settings, _database, _sql);
        _sessions = new WorkerSessions(settings, _database, _sql, _log);
        _repair = new StuckRowRepair(_runs, _sessions, _database, _sql, _statements, _log);
        _migrator = new LedgerMigrator(settings, _database, _sql, _log);
        _hooks = new HookRunner(settings, _runs, _database, _sql, _status, _log);
        _notifier = new Notifier(settings, _runs, _database, _status, publish, _log);
        _metrics = new MetricsFile(settings, _log);
        _observer = new RunObserver(settings, _status, _outage, _notifier, _metrics);
        _freshness = new Freshness(settings, _database, _sql, _log);
        var verifier = new RunVerifier(settings, _runs, _chunks, _statements, _database, _sql, _planner, delta, _status, new Plausibility(settings, _sql), _log);
        _events = new EventReader(settings, _runs, _database, _sql, _outage);
        _history = new HistoryKeeper(settings, _runs, _database, _sql, _log);
        _steps = new RunSteps(_runs, new Task01(settings, _runs, _database, _sql, _log), _planner, verifier, _repair, _history, _outage, _log);
    }

    /// <summary>The settings this engine works with.</summary>
    public EtlSettings Settings { get; }

    /// <summary>Connects and returns the server's version, such as 17.2. The cheapest test of a connection.</summary>
    public Task<string> GetServerVersionAsync(CancellationToken cancel) => GuardAsync("Connection", async () =>
    {
        var version = (await _database.QueryAsync(_sql["checks/server"], r => r.Get<int>("version"), cancel)).Single();
        return string.Create(CultureInfo.InvariantCulture, $"{version / 10_000}.{version % 10_000}");
    });

    /// <summary>Connects and describes the server.</summary>
    public Task<ServerInfo> ConnectAsync(CancellationToken cancel) =>
        GuardAsync($"Connection to {Settings.Database} on {Settings.Host}:{Settings.Port} as {Settings.User}", async () =>
        {
            await using var connection = await _database.OpenAsync(cancel);
            var encrypted = (await connection.QueryAsync(_sql["checks/session"], r => r.GetBoolean(0), cancel)).Single();
            return new ServerInfo(connection.PostgreSqlVersion.ToString(), encrypted, await LedgerVersionAsync(connection, cancel));
        });

    /// <summary>Runs the preflight: checks settings, connection, schemas, reference data and privileges. Writes nothing.</summary>
    public Task<IReadOnlyList<Finding>> CheckAsync(CancellationToken cancel) =>
        GuardAsync("Preflight", () => new Preflight(Settings, _database, _sql, _migrator, _freshness).RunAsync(cancel));

    /// <summary>The SQL that <see cref="InitializeAsync"/> would run at present, as one script; empty when nothing is missing.</summary>
    /// <param name="indexes">Whether to include the recommended indexes.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<string> GetInitializeScriptAsync(bool indexes, CancellationToken cancel) =>
        GuardAsync("Initialize", () => _migrator.ScriptAsync(indexes, cancel));

    /// <summary>Creates or upgrades the ledger and, on request, creates the recommended indexes concurrently. Can be repeated.</summary>
    /// <returns>Names of the migrations and indexes that were applied.</returns>
    public Task<IReadOnlyList<string>> InitializeAsync(bool indexes, CancellationToken cancel) =>
        GuardAsync("Initialize", () => _migrator.ApplyAsync(indexes, cancel));

    /// <summary>Grants a role its rights on the objects that the connected role owns. Can be repeated.</summary>
    /// <param name="role">The purpose of the role.</param>
    /// <param name="to">The role that gets the rights. It must exist.</param>
    /// <param name="cancel">Stops the call.</param>
    /// <returns>One record per part. Throws when the connected role can grant none of them.</returns>
    public Task<IReadOnlyList<RoleGrant>> GrantAsync(EtlRole role, string to, CancellationToken cancel) =>
        GuardAsync("Grant", () => new RoleGrants(Settings, _database, _sql).ApplyAsync(role, to, cancel));

    /// <summary>The SQL for all parts of a role's rights, each with the role that can run it.</summary>
    public Task<string> GetGrantScriptAsync(EtlRole role, string to, CancellationToken cancel) =>
        GuardAsync("Grant", () => new RoleGrants(Settings, _database, _sql).ScriptAsync(role, to, cancel));

    /// <summary>What a start would do with the newest unfinished run. Writes nothing.</summary>
    public Task<StartForecast> ForeseeAsync(StartRequest request, CancellationToken cancel) => GuardAsync("Start", async () =>
    {
        var (from, to) = await _runs.WindowAsync(cancel);
        if (await _runs.ForeseeAsync(request, cancel) is not var (runId, resumes, active, story))
        {
            return new StartForecast(null, false, false, "new", from, to);
        }

        var run = await _status.ReadAsync(runId, cancel);
        return resumes ? new StartForecast(run, true, active, story, run.WindowFrom, run.WindowTo) : new StartForecast(run, false, active, story, from, to);
    });

    /// <summary>Plans without writing.</summary>
    public Task<IReadOnlyList<ChunkInfo>> PreviewPlanAsync(Phase phase, CancellationToken cancel) => GuardAsync("Plan", async () =>
    {
        var (from, to) = await _runs.WindowAsync(cancel);
        return (IReadOnlyList<ChunkInfo>)[.. (await _planner.PlanAsync(phase, from, to, cancel)).Select(c => c.ToInfo())];
    });

    /// <summary>The stored chunks of a run with their state, in plan order.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<IReadOnlyList<ChunkInfo>> GetChunksAsync(string? runId, CancellationToken cancel) => GuardAsync("Plan", async () =>
    {
        var run = await _runs.ReadOrNewestAsync(runId, cancel);
        return await _status.ReadChunksAsync(run.RunId, cancel);
    });

    /// <summary>
    /// The chunks to mention in the error of a failed run; empty when the run did not fail or they can no longer be read.
    /// </summary>
    public async Task<IReadOnlyList<ChunkInfo>> GetFailedChunksAsync(EtlStatus status, CancellationToken cancel)
    {
        try
        {
            return status.State != RunState.Failed ? []
                : [.. (await GetChunksAsync(status.RunId, cancel)).Where(c => c.State is ChunkState.Failed or ChunkState.Quarantined)];
        }
        catch (CmEtlException)
        {
            // An error here must not replace the one that this is for.
            return [];
        }
    }

    /// <summary>The status of a run.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<EtlStatus> GetStatusAsync(string? runId, CancellationToken cancel) =>
        GuardAsync("Status", async () => await _status.ReadAsync(await _runs.ResolveAsync(runId, cancel), cancel));

    /// <summary>The statuses of the newest runs, newest first.</summary>
    public Task<IReadOnlyList<EtlStatus>> GetRunsAsync(int limit, CancellationToken cancel) =>
        GuardAsync("Status", () => _status.ReadRecentAsync(limit, cancel));

    /// <summary>Starts or resumes a run and works on it until it is completed, stopped or cancelled.</summary>
    /// <param name="request">Options of the start.</param>
    /// <param name="progress">Called at most four times per second, from worker threads.</param>
    /// <param name="cancel">Stops the workers and their statements on the server. The run can be resumed.</param>
    /// <returns>
    /// The final status. A failed run is returned, not thrown. Throws before a run has begun when the preflight fails or another run is
    /// active.
    /// </returns>
    public Task<EtlStatus> RunAsync(StartRequest request, IProgress<EtlStatus>? progress, CancellationToken cancel) =>
        GuardAsync("Start", async () =>
        {
            Hook.Check(Settings);
            _metrics.Check();
            (request, var left) = await WithStopAtAsync(request, cancel);
            var patience = left < request.WaitFresh ? left.Value : request.WaitFresh;
            await _observer.WatchAsync(_freshness.WaitAsync(patience, cancel), "the analytics tables are not fresh yet", cancel);
            await RefuseAsync(cancel);
            if (request.WaitForLease)
            {
                await new LeaseWait(_runs, _outage, _log).WaitAsync(request.RunId, cancel);
            }

            using var gauge = new PressureGauge(Settings, _database, _sql, _runs, _log);
            var runner = new EtlRunner(
                Settings, _runs, _steps, _worker, _status, gauge, _hooks, _notifier, _observer, _metrics, _outage, _log);
            return await runner.RunAsync(request, progress, cancel);
        });

    /// <summary>Processes one chunk of a run. A chunk that is done according to the ledger is skipped without reading any row.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="chunkId">The chunk's number.</param>
    /// <param name="cancel">Stops the statement on the server and rolls back.</param>
    /// <param name="deadline">A chunk that is canceled because it used most of this time is split.</param>
    public Task<ChunkResult> ProcessChunkAsync(string? runId, int chunkId, CancellationToken cancel, ChunkDeadline? deadline = null) =>
        GuardAsync($"Chunk {chunkId}", async () =>
        {
            var run = await _runs.ReadOrNewestAsync(runId, cancel);
            _runs.RefuseOther(run);
            if (run is { State: RunState.Running, Stop: { } stop })
            {
                // A state machine would continue to assign chunks. Its verification ends the run.
                throw new CmEtlException(
                    ErrorKind.Permanent, stop.State == RunState.TimedOut ? ErrorIds.RunTimedOut : ErrorIds.RunStopped, $"Run {run.RunId} is stopping, so chunk {chunkId} was not started.",
                    "To resume the run, start again or redrive the execution.") { Subject = run.RunId };
            }

            return await new SingleChunk(_runs, _chunks, _worker, _status).RunAsync(run, chunkId, cancel, deadline);
        });

    /// <summary>
    /// Requests a running run to stop after the chunks in progress. With <paramref name="abandon"/> the run is abandoned for good, which is
    /// refused while its lease is valid unless forced. The marks of its unfinished chunks are released.
    /// </summary>
    public Task<EtlStatus> StopAsync(string? runId, bool abandon, bool force, string reason, CancellationToken cancel) =>
        GuardAsync("Stop", async () =>
        {
            var stopper = new RunStopper(_runs, new RunControl(Settings, _runs, _database, _sql), _steps, _repair, _sessions);
            var id = await _runs.ResolveAsync(runId, cancel);
            await stopper.StopAsync(id, abandon, force, reason, cancel);
            return await _status.ReadAsync(id, cancel);
        });

    /// <summary>Approves a completed run that was judged implausible, and records by whom and why.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="reason">What was checked: one line of at most 1000 characters.</param>
    /// <param name="cancel">Stops the call.</param>
    /// <returns>The run, which is now sweep-safe. Throws when it is not completed, too old, superseded, or already sweep-safe.</returns>
    public Task<EtlStatus> ApproveAsync(string? runId, string reason, CancellationToken cancel) =>
        GuardAsync("Approval", () => new RunApproval(Settings, _runs, _database, _sql, _status).ApproveAsync(runId, reason, cancel));

    /// <summary>What <see cref="ResetAsync"/> would change.</summary>
    public Task<IReadOnlyList<ResetResult>> PreviewResetAsync(ResetRequest request, CancellationToken cancel) =>
        GuardAsync("Reset", () => _repair.PreviewAsync(request, cancel));

    /// <summary>Releases marks and resets chunks to pending with a new fence, and records by whom and why.</summary>
    public Task<IReadOnlyList<ResetResult>> ResetAsync(ResetRequest request, CancellationToken cancel) =>
        GuardAsync("Reset", () => _repair.ResetAsync(request, cancel));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<int?> LedgerVersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            return await _migrator.VersionAsync(connection, cancel);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            _log.LogWarning("This role has no USAGE on schema {Schema}, so it is unknown whether a ledger exists", Settings.LedgerSchema);
            return null;
        }
    }

    /// <summary>Fixes the time before any wait: 06:00 means the next such time after the command, not after the run has begun.</summary>
    private async Task<(StartRequest Request, TimeSpan? Left)> WithStopAtAsync(StartRequest request, CancellationToken cancel)
    {
        if (Settings.StopAt.Length == 0 && Settings.StopAfterMinutes == 0)
        {
            return (request, null);
        }

        var now = (await _outage.RideOutAsync(
            "Start", c => _database.QueryAsync(_sql["run/now"], r => r.GetFieldValue<DateTimeOffset>(0), c), cancel)).Single();
        var left = StopTime.Left(Settings, now);
        return (request with { StopAt = now + left }, left);
    }

    private async Task RefuseAsync(CancellationToken cancel)
    {
        var errors = (await CheckAsync(cancel)).Where(f => f.Severity == FindingSeverity.Error).ToList();
        if (errors.Count > 0 && errors.TrueForAll(e => e.Check == Freshness.Check))
        {
            throw new CmEtlException(ErrorKind.Transient, ErrorIds.AnalyticsStale, $"{errors[0].Message} Nothing was started.", errors[0].Remedy)
            {
                Subject = "max_analytics_age_hours",
            };
        }

        if (errors.Count > 0)
        {
            throw Preflight.Refusal(errors);
        }
    }

    /// <summary>No text of the driver leaves the engine, because it may quote values.</summary>
    private async Task<T> GuardAsync<T>(string where, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception error) when (ErrorClassifier.IsOfServer(error))
        {
            throw ErrorClassifier.Wrap(error, where, Settings);
        }
    }
}
