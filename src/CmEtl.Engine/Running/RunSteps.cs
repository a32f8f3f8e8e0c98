using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// The steps of a run, one call each, for whoever leads it: the in-process runner, or a state machine that calls them one after the other
/// from different processes. Each asks the ledger what is done already, so any of them may be repeated.
/// </summary>
internal sealed class RunSteps(
    RunLedger runs, Task01 task01, ChunkPlanner planner, RunVerifier verifier, StuckRowRepair repair, ILogger log)
{
    /// <summary>Begins, resumes or joins a run.</summary>
    public async Task<RunTicket> BeginAsync(StartRequest request, CancellationToken cancel)
    {
        var ticket = await runs.BeginAsync(request, cancel);
        var run = ticket.Run;
        log.LogInformation(
            "Run {Run} {Story}: visits from {From:yyyy-MM-dd} to {To:yyyy-MM-dd}, {Phase}, {MarkMode}, time zone {Zone}, {Delta}",
            run.RunId, ticket.Story, run.WindowFrom, run.WindowTo, run.Phase, run.MarkMode, run.TimeZone,
            run.Base is { } known ? $"delta against run {known.RunId}" : "every row is recomputed");
        return ticket;
    }

    /// <summary>What the leader of a run does before anything else: release what it replaces, and show screens that a refresh is running.</summary>
    public async Task OpenAsync(RunTicket ticket, CancellationToken cancel)
    {
        if (ticket.Replaced is not null)
        {
            await repair.ReleaseRunAsync(ticket.Replaced, ticket.Run, cancel);
        }

        await task01.SetInProgressAsync(running: true, cancel);
    }

    /// <summary>Task 01, once per run.</summary>
    public Task<Task01Result?> Task01Async(RunRow run, CancellationToken cancel) => task01.RunAsync(run, cancel);

    /// <summary>The plan, once per run.</summary>
    public async Task PlanAsync(RunRow run, CancellationToken cancel, int? targetChunkSize = null)
    {
        if (!run.Planned)
        {
            await planner.StoreAsync(run, cancel, targetChunkSize);
        }
    }

    /// <summary>Verifies and ends the run as it is now, under the fence of who leads it: another's run is left alone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="work">Works on open chunks of the run: rows that changed after their chunk are examined again.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task FinishAsync(RunRow run, Func<RunRow, Task> work, CancellationToken cancel) =>
        await verifier.FinishAsync(await runs.ReadAsync(run.RunId, cancel) with { Attempt = run.Attempt }, work, cancel);

    /// <summary>Ends the run without verifying: something went wrong before.</summary>
    public Task EndAsync(RunRow run, RunState state, string reason, CancellationToken cancel) =>
        runs.FinishAsync(run, state, reason, totals: null, cancel);

    /// <summary>The last thing the leader does, whatever happened.</summary>
    public Task CloseAsync(CancellationToken cancel) => task01.SetInProgressAsync(running: false, cancel);
}
