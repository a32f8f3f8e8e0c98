namespace CmEtl.Engine;

/// <summary>
/// A point in the order of (VisitDate, SSN, ID). With <see cref="BeforeAnyId"/> it is the border before a key. It contains an SSN, so it is
/// passed to the database as a parameter only, and never to logs, messages or files.
/// </summary>
internal readonly record struct ChunkBound(DateOnly VisitDate, string Ssn, long Id)
{
    public const long BeforeAnyId = long.MinValue;

    public static ChunkBound BeforeKey(in PlanKey key) => new(key.VisitDate, key.Ssn, BeforeAnyId);

    public static ChunkBound BeforeDay(DateOnly date) => new(date, "", BeforeAnyId);

    /// <summary>
    /// Whether a key border lies after the start of the key, in the server's order "C". UTF-16 has the same order as long as no text
    /// contains a character beyond U+D7FF.
    /// </summary>
    public bool IsAfter(in PlanKey key) =>
        VisitDate != key.VisitDate ? VisitDate > key.VisitDate : string.CompareOrdinal(Ssn, key.Ssn) > 0;

    /// <summary>The last day that a range ending at this bound can contain.</summary>
    public DateOnly LastDay => Ssn.Length == 0 && Id == BeforeAnyId ? VisitDate.AddDays(-1) : VisitDate;

    // The generated text of a record would contain the SSN.
    public override string ToString() => VisitDate.ToString("O", null);
}
