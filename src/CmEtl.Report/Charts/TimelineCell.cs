namespace CmEtl.Report;

/// <summary>Summary of the attempts in one cell of a lane.</summary>
internal readonly record struct TimelineCell(int Attempts, double Busy, Outcome Worst, int WorstChunk)
{
    /// <summary>How busy the lane was, in four shades.</summary>
    public string Shade => $"s{Math.Clamp((int)Math.Ceiling(Busy * 4), 1, 4)}";

    public string Text => Figures.Count(Attempts, "attempt") + (Worst > Outcome.Working ? $", chunk {WorstChunk} {Figures.Name(Worst)}" : "");

    public TimelineCell With(ChunkAttempt attempt, double busy) => attempt.Outcome > Worst || Attempts == 0
        ? new(Attempts + 1, Busy + busy, attempt.Outcome, attempt.ChunkId)
        : this with { Attempts = Attempts + 1, Busy = Busy + busy };
}
