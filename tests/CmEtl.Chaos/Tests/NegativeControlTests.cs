using CmEtl.Chaos.Faults;
using CmEtl.Chaos.Processes;
using CmEtl.Chaos.World;
using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Chaos.Tests;

/// <summary>
/// Workers with one error each. Because the harness finds their duplicate updates, its silence about the engine is meaningful.
/// </summary>
[Collection(ChaosTestGroup.Name)]
public sealed class NegativeControlTests(ChaosWorld world)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private ChaosDatabase Database => world.Database;

    [Fact]
    public async Task Done_in_a_second_transaction_repeats_the_updates_of_a_killed_worker()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Database.RestoreAsync(deadline.Token);
        var plan = FaultPlan.Of(Enumerable.Repeat(new Fault(FaultKind.Kill, PausePoint.Complete, 0, 0, Delivered: false), 2));
        var options = new ChaosOptions { Worker = WorkerKind.LateCompletion };
        await new Round(Database, options, plan, restarts: 0, new ChaosCounts()).RunAsync("tonight", inOnePass: false, deadline.Token);
        var verdict = await Database.JudgeAsync(deadline.Token);
        Assert.True(verdict.Doubled > 0, verdict.ToString());
    }

    /// <summary>
    /// A worker is frozen before it locks its chunk. Another takes the chunk over and has updated it, but not yet recorded it as done, when
    /// the first continues. Only the attempt tells the first worker that it no longer holds the chunk.
    /// </summary>
    [Theory]
    [InlineData(WorkerKind.StatusGuard, true)]
    [InlineData(WorkerKind.LateCompletion, false)]
    public async Task A_guard_by_status_lets_a_frozen_worker_repeat_the_updates_of_its_successor(WorkerKind kind, bool doubled)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Database.RestoreAsync(deadline.Token);
        var settings = Database.Settings with { LeaseSeconds = 3 };
        await PlanOneChunkAsync(settings, deadline.Token);

        using var sleeper = WorkerProcess.Start(kind, "tonight", settings);
        var asleep = sleeper.Proxy.Set(PausePoint.Hold, 0);
        await asleep.Caught.WaitAsync(deadline.Token);
        sleeper.Freeze();
        using var successor = WorkerProcess.Start(kind, "tonight", settings);
        var updated = successor.Proxy.Set(PausePoint.Complete, 0);
        await updated.Caught.WaitAsync(deadline.Token);
        sleeper.Thaw();
        asleep.Release();
        // Within the lease of the second worker.
        await Task.Delay(1_000, deadline.Token);
        updated.Release();
        await Task.WhenAll(sleeper.Exit, successor.Exit).WaitAsync(deadline.Token);

        var verdict = await Database.JudgeAsync(deadline.Token);
        Assert.True(doubled == verdict.Doubled > 0, verdict.ToString());
    }

    /// <summary>A run in which only the largest chunk is not done.</summary>
    private async Task PlanOneChunkAsync(EtlSettings settings, CancellationToken cancel)
    {
        await using var engine = new EtlEngine(settings, NullLoggerFactory.Instance);
        await engine.BeginAsync(new StartRequest { RunId = "tonight" }, cancel);
        await engine.RunTask01Async("tonight", cancel);
        await engine.PlanAsync("tonight", cancel);
        await Database.ExecuteAsync(
            """
            DELETE FROM cm_etl.chunk WHERE chunk_id <> (
              SELECT k.chunk_id FROM cm_etl.chunk AS k
                JOIN conflict.conflictvisitmaps AS c ON (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (k.from_date, k.from_ssn, k.from_id)
                 AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (k.to_date, k.to_ssn, k.to_id)
                JOIN chaos.quiet AS q ON q.id = c."ID"::text AND q.confirmed
               GROUP BY k.chunk_id ORDER BY count(*) DESC LIMIT 1)
            """, cancel);
    }
}
