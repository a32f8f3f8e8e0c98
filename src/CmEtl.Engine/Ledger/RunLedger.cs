using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The runs in the ledger: which process may work on what, and what is done. Every write is fenced by the orchestrator's attempt.
/// </summary>
internal sealed class RunLedger(EtlSettings settings, Database database, SqlLibrary sql)
{
    /// <summary>Begins, joins or resumes a run, as decided by <see cref="BeginDecision"/>.</summary>
    /// <param name="request">Options of the start.</param>
    /// <param name="cancel">Stops the call.</param>
    /// <param name="committing">Called with the result before the commit. If the answer is lost, <see cref="IsBegunAsync"/> shows the
    /// outcome.</param>
    public async Task<RunTicket> BeginAsync(StartRequest request, CancellationToken cancel, Action<RunTicket>? committing = null)
    {
        if (request.RunId is { } asked)
        {
            RunId.Require(asked);
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.ConflictSchema));

        var named = request.RunId is { } id ? await FindAsync(connection, id, cancel) : null;
        var unfinished = (await connection.QueryAsync(
            sql["run/newest_unfinished"], ReadUnfinished, cancel, ("conflict_schema", settings.ConflictSchema))).SingleOrDefault();
        var decision = BeginDecision.Of(request, named, unfinished, settings);
        if (decision.Action == BeginAction.Join)
        {
            RefuseOther(named!);
            return new RunTicket(named!, Replaced: null, decision.Story, Joined: true);
        }

        var resumed = decision.Action == BeginAction.Resume;
        var runId = resumed
            ? await ResumeAsync(connection, request, unfinished!.RunId, decision.Story, cancel)
            : await InsertAsync(connection, request, unfinished?.RunId, decision.Story, cancel);
        var run = (await FindAsync(connection, runId, cancel))!;
        var ticket = new RunTicket(run, resumed ? null : unfinished?.RunId, decision.Story, Joined: false);
        committing?.Invoke(ticket);
        await transaction.CommitAsync(cancel);
        return ticket;
    }

    private async Task<string> ResumeAsync(NpgsqlConnection connection, StartRequest request, string runId, string story, CancellationToken cancel)
    {
        await connection.ExecuteAsync(sql["run/lock"], cancel, ("run_id", runId));
        await connection.ExecuteAsync(
            sql["run/resume"], cancel, ("run_id", runId), ("lease_seconds", settings.LeaseSeconds), ("leader", Leader(request)),
            ("stop_at", request.StopAt?.ToUniversalTime()), SettingNames, SettingValues);
        await EventAsync(connection, runId, "run resumed", story, cancel);
        return runId;
    }

    private async Task<string> InsertAsync(
        NpgsqlConnection connection, StartRequest request, string? replaced, string story, CancellationToken cancel)
    {
        if (replaced is not null)
        {
            await AbandonAsync(connection, replaced, story, cancel);
        }

        var baseId = settings.Delta ? await FindBaseAsync(connection, request.Phase, cancel) : null;
        var runId = (await connection.QueryAsync(
            sql["run/insert"], r => r.GetString(0), cancel,
            [
                ("run_id", request.RunId ?? ""), ("conflict_schema", settings.ConflictSchema), ("phase", Text(request.Phase)),
                ("mark_mode", Text(settings.MarkMode)), .. settings.Window, ("settings_hash", settings.ResultHash(request.Phase)),
                ("sql_hash", SqlLibrary.Hash), ("lease_seconds", settings.LeaseSeconds), ("delta", settings.Delta), ("delta_of", baseId),
                ("leader", Leader(request)), ("stop_at", request.StopAt?.ToUniversalTime()),
                ("distance_multiplier", await DistanceMultiplierAsync(connection, cancel)), SettingNames, SettingValues,
            ])).Single();
        await EventAsync(connection, runId, "run started", story, cancel);
        return runId;
    }

    private static string Leader(StartRequest request) => request.ByStateMachine ? RunStop.StateMachine : ThisProcess.Name;

    /// <summary>Whether a begin has succeeded whose commit was not answered.</summary>
    public async Task<bool> IsBegunAsync(RunRow run, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await FindAsync(connection, run.RunId, cancel) is { } found && found.Attempt == run.Attempt && found.State == RunState.Running;
    }

    /// <summary>The state of the run for a process that has joined it.</summary>
    public async Task<RunWatch> WatchAsync(string runId, CancellationToken cancel) =>
        (await database.QueryAsync(
            sql["run/watch"],
            r => new RunWatch(r.Get<int>("attempt"), r.Get<bool>("running"), r.Get<bool>("led"), r.Get<bool>("stop_requested"), r.Get<bool>("work_left")),
            cancel, ("run_id", runId))).Single();

    /// <summary>
    /// Enters a step in a transaction that only one process at a time may have. Waits while another process executes the step, at most
    /// until the limits of its session end that transaction, and then may find that the step is done.
    /// </summary>
    /// <returns>The current run. Throws when it has ended.</returns>
    public async Task<RunRow> EnterStepAsync(NpgsqlConnection connection, RunRow run, RunStep step, CancellationToken cancel)
    {
        while (true)
        {
            var entered = (await connection.QueryAsync(
                sql["run/lock_step"], r => r.GetBoolean(0), cancel, ("run_id", run.RunId), ("step", (int)step))).Single();
            var now = (await FindAsync(connection, run.RunId, cancel))!;
            if (now.State != RunState.Running)
            {
                throw Ended(now);
            }

            if (entered || (step == RunStep.Task01 ? now.Task01Done : now.Planned))
            {
                return now;
            }

            await Task.Delay(StepPoll, cancel);
        }
    }

    /// <summary>The error for a step of a run that has ended.</summary>
    public static CmEtlException Ended(RunRow run) => new(
        ErrorKind.Permanent, run.State switch
        {
            RunState.Stopped => ErrorIds.RunStopped,
            RunState.TimedOut => ErrorIds.RunTimedOut,
            RunState.Abandoned => ErrorIds.RunAbandoned,
            _ => ErrorIds.RunFinished,
        },
        $"Run {run.RunId} is {Text(run.State)}, so its steps can no longer be executed.",
        "Start again to resume it, or start a new run.") { Subject = run.RunId };

    private (string, object?) SettingNames => ("setting_names", settings.Changed.Keys.ToArray());

    private (string, object?) SettingValues => ("setting_values", settings.Changed.Values.ToArray());

    private static readonly TimeSpan StepPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>The multiplier of the settings row in use: ID 1 when there are several.</summary>
    public async Task<double> DistanceMultiplierAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync(sql["task02/distance_multiplier"], r => r.GetDouble(0), cancel)) is [var only]
            ? only
            : throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.SettingsRow, $"{settings.ConflictSchema}.settings has no single usable row.",
                ChunkStatements.SettingsRemedy) { Subject = "settings" };

    /// <summary>Reads the run with the given id. Throws when it does not exist.</summary>
    public async Task<RunRow> ReadAsync(string runId, CancellationToken cancel)
    {
        RunId.Require(runId);
        await using var connection = await database.OpenAsync(cancel);
        return await FindAsync(connection, runId, cancel) ?? throw new CmEtlException(
            ErrorKind.Permanent, ErrorIds.RunNotFound, $"There is no run {runId} in schema {settings.LedgerSchema}.",
            "Use the id of an existing run.") { Subject = runId };
    }

    /// <summary>Reads the run with the given id, or the newest run of this conflict schema.</summary>
    public async Task<RunRow> ReadOrNewestAsync(string? runId, CancellationToken cancel) =>
        await ReadAsync(await ResolveAsync(runId, cancel), cancel);

    /// <summary>The window of a run that begins now.</summary>
    public async Task<(DateOnly From, DateOnly To)> WindowAsync(CancellationToken cancel) => (await database.QueryAsync(
        sql["plan/window"], r => (r.GetFieldValue<DateOnly>(0), r.GetFieldValue<DateOnly>(1)), cancel, settings.Window)).Single();

    /// <summary>The given id, or the id of the newest run on this conflict schema.</summary>
    public async Task<string> ResolveAsync(string? runId, CancellationToken cancel) =>
        runId is not null ? RunId.Require(runId) : (await database.QueryAsync(
            sql["run/newest"], r => r.GetString(0), cancel, ("conflict_schema", settings.ConflictSchema))).SingleOrDefault()
        ?? throw new CmEtlException(
            ErrorKind.Permanent, ErrorIds.NoRun, $"No run has been started on schema {settings.ConflictSchema} yet.", "Start a run.");

    /// <summary>The run that a start would resume or replace, whether it would be resumed, and why. Null if no run is unfinished.</summary>
    public async Task<(string RunId, bool Resumes, bool Active, string Story)?> ForeseeAsync(StartRequest request, CancellationToken cancel)
    {
        var found = await database.QueryAsync(sql["run/newest_unfinished"], ReadUnfinished, cancel, ("conflict_schema", settings.ConflictSchema));
        if (found is not [var run])
        {
            return null;
        }

        if (run.Alive)
        {
            return (run.RunId, false, true, run.Lease.Text);
        }

        var decision = BeginDecision.Of(request, named: null, run, settings);
        return (run.RunId, decision.Action == BeginAction.Resume, false, decision.Story);
    }

    /// <summary>The process that works on the active run of the conflict schema. Null if no run is active.</summary>
    public async Task<RunLease?> ActiveAsync(CancellationToken cancel) =>
        (await database.QueryAsync(sql["run/newest_unfinished"], ReadUnfinished, cancel, ("conflict_schema", settings.ConflictSchema)))
        .SingleOrDefault(u => u.Alive)?.Lease;

    /// <summary>Reads the current requests for a running run.</summary>
    public async Task<RunControls> ControlsAsync(string runId, CancellationToken cancel) =>
        (await database.QueryAsync(
            sql["run/control"], r => new RunControls(r.Get<bool>("stop"), r.Get<bool>("suspended"), r.GetOrNull<int>("max_concurrency")), cancel, ("run_id", runId)))
        .Single();

    /// <summary>Renews the orchestrator's lease.</summary>
    /// <returns>Whether a stop was requested; null when this orchestrator no longer leads the run.</returns>
    public async Task<bool?> HeartbeatAsync(RunRow run, CancellationToken cancel)
    {
        var rows = await database.QueryAsync(
            sql["run/heartbeat"], r => r.GetBoolean(0), cancel,
            ("run_id", run.RunId), ("attempt", run.Attempt), ("lease_seconds", settings.LeaseSeconds));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Requests a stop of the run when more of its chunks have failed than max_failed_chunks_percent allows.</summary>
    /// <returns>The reason, or null when the limit is not exceeded or no longer matters.</returns>
    public async Task<string?> SpendBudgetAsync(string runId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var reason = (await connection.QueryAsync(
            sql["run/spend_budget"], r => r.GetString(0), cancel, ("run_id", runId), ("percent", settings.MaxFailedChunksPercent))).SingleOrDefault();
        if (reason is not null)
        {
            await EventAsync(connection, runId, "failure budget spent", reason, cancel);
        }

        await transaction.CommitAsync(cancel);
        return reason;
    }

    /// <summary>Stores why the run is slower than it could be. An empty text clears the reason.</summary>
    public Task NoteAsync(RunRow run, string reason, CancellationToken cancel) =>
        database.ExecuteAsync(sql["run/note"], cancel, ("run_id", run.RunId), ("attempt", run.Attempt), ("reason", reason));

    /// <summary>Ends the run with <paramref name="state"/>. Does nothing when another orchestrator has taken it over.</summary>
    public async Task RecordEndAsync(
        RunRow run, RunState state, string reason, RunTotals? totals, CancellationToken cancel, Judgement? judgement = null)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RecordEndAsync(connection, run, state, reason, totals, cancel, judgement);
        await transaction.CommitAsync(cancel);
    }

    public Task EventAsync(NpgsqlConnection connection, string runId, string kind, string reason, CancellationToken cancel, int chunkId = -1, long? rows = null) =>
        connection.ExecuteAsync(
            sql["run/event"], cancel, ("run_id", runId), ("chunk_id", chunkId), ("attempt", -1), ("kind", kind), ("rows", rows), ("reason", reason));

    public static string Text(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>
    /// Whether the marks of an abandoned run can belong only to it or to <paramref name="leader"/>. No run begins or is taken over until
    /// the
    /// transaction ends.
    /// </summary>
    public async Task<bool> MayReleaseAsync(NpgsqlConnection connection, string runId, RunRow? leader, CancellationToken cancel)
    {
        await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.ConflictSchema));
        return (await connection.QueryAsync(
            sql["run/may_release"], r => r.GetBoolean(0), cancel,
            ("run_id", runId), ("leader", leader?.RunId ?? ""), ("attempt", leader?.Attempt ?? 0))).SingleOrDefault();
    }

    /// <summary>
    /// Throws when a newer run was started and not abandoned, because current marks may belong to that run. With <paramref
    /// name="connection"/> in a
    /// transaction, no run begins until the transaction ends.
    /// </summary>
    public async Task RefuseSupersededAsync(NpgsqlConnection connection, string runId, CancellationToken cancel)
    {
        await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.ConflictSchema));
        if ((await connection.QueryAsync(sql["run/superseded"], r => r.GetString(0), cancel, ("run_id", runId))).SingleOrDefault() is { } newer)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunSuperseded, $"Run {newer} was started after run {runId}, and marks in the table may belong to it. Nothing was changed.",
                $"Work on run {newer}, or abandon it first.") { Subject = runId };
        }
    }

    /// <summary>Throws when this process would work on the run with other settings or other statements than it began with.</summary>
    public void RefuseOther(RunRow run)
    {
        var other = run.SqlHash != SqlLibrary.Hash || run.DistanceMultiplier is null ? "another version of the statements"
            : run.SettingsHash != settings.ResultHash(run.Phase) ? "other settings" : null;
        if (other is not null)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.RunOfOtherKind, $"Run {run.RunId} was begun with {other}. Continuing it would mix their results.",
                "Use the program and the settings it was begun with, or begin a new run.") { Subject = run.RunId };
        }
    }

    private async Task AbandonAsync(NpgsqlConnection connection, string runId, string reason, CancellationToken cancel)
    {
        await connection.ExecuteAsync(sql["run/lock"], cancel, ("run_id", runId));
        await connection.ExecuteAsync(sql["run/abandon"], cancel, ("run_id", runId), ("reason", reason));
        await EventAsync(connection, runId, "run abandoned", reason, cancel);
    }

    /// <summary>Throws while a process works on any run of the conflict schema.</summary>
    public async Task RefuseActiveAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if ((await connection.QueryAsync(
            sql["run/newest_unfinished"], ReadUnfinished, cancel, ("conflict_schema", settings.ConflictSchema))).FirstOrDefault(u => u.Alive) is { } active)
        {
            throw active.Lease.Refusal(settings.ConflictSchema);
        }
    }

    /// <summary>Whether a process currently works on the run.</summary>
    public async Task<bool> IsAliveAsync(NpgsqlConnection connection, string runId, CancellationToken cancel) =>
        (await connection.QueryAsync(
            sql["run/newest_unfinished"], ReadUnfinished, cancel, ("conflict_schema", settings.ConflictSchema)))
        .Any(u => u.RunId == runId && u.Alive);

    /// <summary>The same within a transaction.</summary>
    public async Task RecordEndAsync(
        NpgsqlConnection connection, RunRow run, RunState state, string reason, RunTotals? totals, CancellationToken cancel, Judgement? judgement = null)
    {
        var ended = await connection.ExecuteAsync(
            sql["run/finish"], cancel, ("run_id", run.RunId), ("attempt", run.Attempt), ("state", Text(state)), ("reason", reason),
            ("rows_missed", totals?.Missed), ("rows_confirmed", totals?.Confirmed), ("rows_unchanged", totals?.Unchanged),
            ("rows_unconfirmed", totals?.Unconfirmed), ("rows_deferred", totals?.Deferred), ("rows_vanished", totals?.Vanished),
            ("implausible", judgement?.Doubts ?? ""), ("measures", judgement?.Measures), ("sweep_safe_hours", settings.SweepSafeMaxAgeHours));
        if (ended == 1)
        {
            await EventAsync(connection, run.RunId, $"run {Text(state)}", reason.Length > 0 ? reason : judgement?.Doubts ?? "", cancel);
        }
    }

    private async Task<string?> FindBaseAsync(NpgsqlConnection connection, Phase phase, CancellationToken cancel) =>
        (await connection.QueryAsync(
            sql["run/base"], r => r.Get<string>("run_id"), cancel, ("conflict_schema", settings.ConflictSchema),
            ("settings_hash", settings.ResultHash(phase)), ("sql_hash", SqlLibrary.Hash))).SingleOrDefault();

    /// <summary>The run of that id as the connection's transaction sees it, or null.</summary>
    public async Task<RunRow?> FindAsync(NpgsqlConnection connection, string runId, CancellationToken cancel) =>
        (await connection.QueryAsync(sql["run/read"], Read, cancel, ("run_id", runId))).SingleOrDefault();

    private static UnfinishedRun ReadUnfinished(NpgsqlDataReader r) => new(
        r.Get<string>("run_id"), r.Get<string>("settings_hash"), r.Get<string>("sql_hash"), r.Get<TimeSpan>("age"), r.Get<bool>("alive"),
        new RunLease(
            r.Get<string>("run_id"), r.Get<string>("leader"), r.Get<DateTimeOffset>("led_since"), r.Get<DateTimeOffset>("lease_until"),
            TimeSpan.FromSeconds(Math.Max(0, r.GetOrNull<double>("seconds_left") ?? 0))));

    private static RunRow Read(NpgsqlDataReader r) => new()
    {
        RunId = r.Get<string>("run_id"),
        State = Enum.Parse<RunState>(r.Get<string>("state"), ignoreCase: true),
        Phase = Enum.Parse<Phase>(r.Get<string>("phase"), ignoreCase: true),
        MarkMode = Enum.Parse<MarkMode>(r.Get<string>("mark_mode"), ignoreCase: true),
        WindowFrom = r.Get<DateOnly>("window_from"),
        WindowTo = r.Get<DateOnly>("window_to"),
        TimeZone = r.Get<string>("time_zone"),
        SettingsHash = r.Get<string>("settings_hash"),
        SqlHash = r.Get<string>("sql_hash"),
        Attempt = r.Get<int>("attempt"),
        Task01Done = r.Get<bool>("task01_done"),
        Planned = r.Get<bool>("planned"),
        PlannedChunks = r.Get<int>("planned_chunks"),
        Leader = r.Get<string>("leader"),
        Stop = r.IsDBNull(r.GetOrdinal("stop_kind")) ? null
            : new RunStop(r.Get<string>("stop_kind"), r.Get<string>("stop_requested_by"), r.Get<string>("stop_reason"), r.GetOrNull<DateTimeOffset>("stop_at")),
        DistanceMultiplier = r.GetOrNull<double>("distance_multiplier"),
        Delta = r.Get<bool>("delta"),
        BaseId = r.IsDBNull(r.GetOrdinal("base_id")) ? null : r.Get<string>("base_id"),
    };
}
