using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>
/// The attempts at a run's chunks. The ledger keeps of each chunk its last attempt with worker, start and end; of an earlier one it has an
/// event with its end and its reason, or, where its worker died, nothing but the number that is missing.
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
            // An attempt under way or done has no fault: all that are there are of earlier ones.
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

    /// <summary>The last attempt at each chunk that was claimed.</summary>
    public IReadOnlyList<ChunkAttempt> Known { get; }

    /// <summary>How attempts before the last ended; when they began and who made them is not kept.</summary>
    public IReadOnlyList<Fault> Earlier { get; }

    /// <summary>All attempts that ended without a result.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Attempts made.</summary>
    public long Total { get; }

    /// <summary>Attempts after the first at a chunk.</summary>
    public long Retries { get; }

    /// <summary>Attempts that died with their worker, before the last: nobody wrote down how they ended.</summary>
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
            : fault is not null ? fault.Reason : outcome == Outcome.Lost ? "its worker gave no sign of life" : Fault.WithoutState(chunk.Error);
        var rows = outcome == Outcome.Done ? Figures.Rows(chunk) : 0;
        return new ChunkAttempt(
            chunk.ChunkId, fault?.Attempt ?? chunk.Attempt, outcome, start, end < start ? start : end, chunk.Worker, rows, reason);
    }
}
