using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// The steps of a run, one call each, for whoever leads it: the in-process runner, or a state machine that calls them one after the other
/// from different processes. Each asks the ledger what is done already, so any of them may be repeated, and is repeated after an outage.
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
            run.BaseId is { } known ? $"delta against run {known}" : "every row is recomputed");
        return ticket;
    }

    /// <summary>What the leader of a run does before anything else: release what it replaces, and show screens that a refresh is running.</summary>
    public async Task OpenAsync(RunTicket ticket, CancellationToken cancel)
    {
        if (ticket.Replaced is { } replaced)
        {
            await outage.RideOutAsync("Release of marks", c => repair.ReleaseRunAsync(replaced, ticket.Run, c), cancel);
        }

        await ShowAsync(ticket.Run, cancel);
    }

    /// <summary>Shows screens that a refresh is running, as long as the run is this orchestrator's.</summary>
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

    /// <summary>Verifies and ends the run as it is now, under the fence of who leads it: another's run is left alone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="work">Works on open chunks of the run: rows that changed after their chunk are examined again.</param>
    /// <param name="cancel">Stops it.</param>
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

    /// <summary>Ends the run without verifying: something went wrong before.</summary>
    public Task EndAsync(RunRow run, RunState state, string reason, CancellationToken cancel) =>
        outage.RideOutAsync("End of the run", c => runs.RecordEndAsync(run, state, reason, totals: null, c), cancel);

    /// <summary>The last thing the leader does, whatever happened. Screens go on showing the refresh when another orchestrator has taken the run over.</summary>
    public Task CloseAsync(RunRow run, CancellationToken cancel) => outage.RideOutAsync("Mark of progress", c => task01.HideAsync(run, c), cancel);
}
