using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>
/// The attempts at a run's chunks. For the last attempt at each chunk the ledger has worker, start and end. For an earlier attempt it has
/// an event with end and reason. If the worker died, it has only a gap in the attempt numbers.
/// </summary>
internal sealed class AttemptHistory
{
    public AttemptHistory(EtlReport report)
    {
        Faults = [.. report.Events.Select(Fault.From).OfType<Fault>()];
        var lastFaults = Faults.GroupBy(f => f.ChunkId).ToDictionary(g => g.Key, g => g.Last());
        var attempts = new List<ChunkAttempt>();
        var own = new HashSet<Fault>(ReferenceEqualityComparer.Instance);
        foreach (var chunk in report.Chunks.Where(c => c.StartedAt is not null))
        {
            // An attempt that is in progress or done has no fault, so all faults belong to earlier attempts.
            var fault = chunk.State is ChunkState.Done or ChunkState.Processing or ChunkState.Stuck
                ? null
                : lastFaults.GetValueOrDefault(chunk.ChunkId);
            attempts.Add(Last(chunk, fault, report.ReadAt));
            if (fault is not null)
            {
                own.Add(fault);
            }
        }

        Known = attempts;
        Earlier = [.. Faults.Where(f => !own.Contains(f))];
        Total = report.Chunks.Sum(c => (long)c.Attempt) - report.Events.Count(e => e.Kind == "chunk reset");
        Retries = Math.Max(Total - report.Chunks.Count(c => c.Attempt > 0), 0);
        Lost = Math.Max(Total - Earlier.Count - Known.Count, 0);
    }

    /// <summary>The last attempt at each claimed chunk.</summary>
    public IReadOnlyList<ChunkAttempt> Known { get; }

    /// <summary>The ends of earlier attempts. The ledger does not keep their start and worker.</summary>
    public IReadOnlyList<Fault> Earlier { get; }

    /// <summary>Attempts that ended without a result.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Total number of attempts.</summary>
    public long Total { get; }

    /// <summary>Number of attempts after the first at a chunk.</summary>
    public long Retries { get; }

    /// <summary>Number of earlier attempts without a recorded end, because their worker died.</summary>
    public long Lost { get; }

    private static ChunkAttempt Last(ChunkInfo chunk, Fault? fault, DateTimeOffset now)
    {
        var start = chunk.StartedAt!.Value;
        var (outcome, end) = chunk switch
        {
            { State: ChunkState.Done } => (Outcome.Done, chunk.FinishedAt ?? start),
            { Stuck: true } => (Outcome.Lost, chunk.LeaseUntil ?? now),
            { State: ChunkState.Processing } => (Outcome.Working, now),
            { FinishedAt: null } => (Outcome.Lost, start),
            { State: ChunkState.Failed or ChunkState.Quarantined } => (Outcome.Failed, chunk.FinishedAt.Value),
            _ => (Outcome.Ended, chunk.FinishedAt.Value),
        };
        var reason = outcome is Outcome.Done or Outcome.Working ? ""
            : fault is not null ? fault.Reason : outcome == Outcome.Lost ? "its worker did not renew the lease" : Fault.WithoutState(chunk.Error);
        var rows = outcome == Outcome.Done ? Figures.Rows(chunk) : 0;
        return new ChunkAttempt(
            chunk.ChunkId, fault?.Attempt ?? chunk.Attempt, outcome, start, end < start ? start : end, chunk.Worker, rows, reason);
    }
}
