namespace CmEtl.Engine;

/// <summary>
/// A point in (VisitDate, SSN, ID) order. <see cref="BeforeAnyId"/> makes it the border before a key. Holds an SSN: it goes from and to the
/// database as a parameter and nowhere else.
/// </summary>
internal readonly record struct ChunkBound(DateOnly VisitDate, string Ssn, long Id)
{
    public const long BeforeAnyId = long.MinValue;

    public static ChunkBound BeforeKey(in PlanKey key) => new(key.VisitDate, key.Ssn, BeforeAnyId);

    public static ChunkBound BeforeDay(DateOnly date) => new(date, "", BeforeAnyId);

    /// <summary>
    /// Whether a key border lies behind the beginning of the key, in the server's order "C". That is the order of UTF-16 only as far as no
    /// text holds a character beyond U+D7FF.
    /// </summary>
    public bool IsAfter(in PlanKey key) =>
        VisitDate != key.VisitDate ? VisitDate > key.VisitDate : string.CompareOrdinal(Ssn, key.Ssn) > 0;

    /// <summary>The last day that a range up to here can hold.</summary>
    public DateOnly LastDay => Ssn.Length == 0 && Id == BeforeAnyId ? VisitDate.AddDays(-1) : VisitDate;

    // A record's own text would show the SSN.
    public override string ToString() => VisitDate.ToString("O", null);
}
