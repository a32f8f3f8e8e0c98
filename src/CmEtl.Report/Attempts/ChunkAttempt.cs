namespace CmEtl.Report;

/// <summary>One attempt at a chunk, as far as the ledger knows it.</summary>
/// <param name="ChunkId">The chunk.</param>
/// <param name="Number">The attempt's number; the ledger's fence.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Start">Its start.</param>
/// <param name="End">Its end; of one under way when the ledger was read.</param>
/// <param name="Worker">Who made it.</param>
/// <param name="Rows">Rows it went through.</param>
/// <param name="Reason">Why it did not end well.</param>
internal sealed record ChunkAttempt(
    int ChunkId, int Number, Outcome Outcome, DateTimeOffset Start, DateTimeOffset End, string Worker, long Rows, string Reason)
{
    public TimeSpan Duration => End - Start;
}
