using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// The steps of a run, one method each, for any leader: the in-process runner, or a state machine that calls them one after the other from
/// different processes. Each step asks the ledger what is already done, so it can be repeated, and is repeated after an outage.
/// </summary>
internal sealed class RunSteps(
    RunLedger runs, Task01 task01, ChunkPlanner planner, RunVerifier verifier, StuckRowRepair repair, HistoryKeeper history, Outage outage, ILogger log)
{
    /// <summary>Begins, resumes or joins a run.</summary>
    public async Task<RunTicket> BeginAsync(StartRequest request, CancellationToken cancel)
    {
        RunTicket? committed = null;
        var ticket = await outage.RideOutAsync(
            "Begin",
            async c => committed is not null && await runs.IsBegunAsync(committed.Run, c) ? committed : await runs.BeginAsync(request, c, t => committed = t),
            cancel);
        var run = ticket.Run;
        log.LogInformation(
            "Run {Run} {Story}: visits from {From:yyyy-MM-dd} to {To:yyyy-MM-dd}, {Phase}, {MarkMode}, time zone {Zone}, {Delta}",
            run.RunId, ticket.Story, run.WindowFrom, run.WindowTo, run.Phase, run.MarkMode, run.TimeZone,
            run.BaseId is { } known ? $"delta, baseline run {known}" : "every row is recomputed");
        return ticket;
    }

    /// <summary>
    /// The first actions of the leader: release the marks of the run that it replaces, and show on screens that a refresh is running.
    /// </summary>
    public async Task OpenAsync(RunTicket ticket, CancellationToken cancel)
    {
        if (ticket.Replaced is { } replaced)
        {
            await outage.RideOutAsync("Release of marks", c => repair.ReleaseRunAsync(replaced, ticket.Run, c), cancel);
        }

        await ShowAsync(ticket.Run, cancel);
    }

    /// <summary>Shows on screens that a refresh is running, while this orchestrator leads the run.</summary>
    public Task ShowAsync(RunRow run, CancellationToken cancel) => outage.RideOutAsync("Mark of progress", c => task01.ShowAsync(run, c), cancel);

    /// <summary>Task 01, once per run.</summary>
    public Task<Task01Result?> Task01Async(RunRow run, CancellationToken cancel) =>
        outage.RideOutAsync("Task 01", async c =>
        {
            using var activity = Telemetry.Start("cmetl.task01", run.RunId);
            return await task01.RunAsync(run, c);
        }, cancel);

    /// <summary>The plan, once per run.</summary>
    public Task PlanAsync(RunRow run, CancellationToken cancel, int? targetChunkSize = null) =>
        outage.RideOutAsync("Plan", async c =>
        {
            using var activity = Telemetry.Start("cmetl.plan", run.RunId);
            await planner.StoreAsync(run, c, targetChunkSize);
        }, cancel);

    /// <summary>
    /// Verifies and ends the run. The leader's attempt is the fence: a run that another orchestrator leads is not changed.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="work">Processes open chunks of the run, because rows that changed after their chunk are examined again.</param>
    /// <param name="cancel">Stops the call.</param>
    public async Task VerifyAsync(RunRow run, Func<RunRow, Task> work, CancellationToken cancel)
    {
        await outage.RideOutAsync(
            "Verification", async c =>
            {
                using var activity = Telemetry.Start("cmetl.verify", run.RunId);
                await verifier.VerifyAsync(await runs.ReadAsync(run.RunId, c) with { Attempt = run.Attempt }, work, c);
            }, cancel);
        await history.TrimAsync(run.RunId, cancel);
    }

    /// <summary>Ends the run without verification, because of an earlier problem.</summary>
    public Task EndAsync(RunRow run, RunState state, string reason, CancellationToken cancel) =>
        outage.RideOutAsync("End of the run", c => runs.RecordEndAsync(run, state, reason, totals: null, c), cancel);

    /// <summary>
    /// The last action of the leader in any case. If another orchestrator has taken over the run, screens continue to show the refresh.
    /// </summary>
    public Task CloseAsync(RunRow run, CancellationToken cancel) => outage.RideOutAsync("Mark of progress", c => task01.HideAsync(run, c), cancel);
}
