namespace CmEtl.Report;

/// <summary>One attempt at a chunk, with the data that the ledger keeps.</summary>
/// <param name="ChunkId">Number of the chunk.</param>
/// <param name="Number">Number of the attempt, which fences it in the ledger.</param>
/// <param name="Outcome">The result of the attempt.</param>
/// <param name="Start">Start of the attempt.</param>
/// <param name="End">End of the attempt. For an attempt in progress, the time when the ledger was read.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Rows">Number of rows processed.</param>
/// <param name="Reason">Why the attempt failed. Empty if it did not.</param>
internal sealed record ChunkAttempt(
    int ChunkId, int Number, Outcome Outcome, DateTimeOffset Start, DateTimeOffset End, string Worker, long Rows, string Reason)
{
    public TimeSpan Duration => End - Start;
}
