namespace CmEtl.Engine;

/// <summary>One step of the ledger's schema: <c>sql/ledger/NNN_name.sql</c>.</summary>
internal sealed record Migration(int Version, string Name, string Resource)
{
    /// <summary>All of them, in order. A step that has been released is never edited; a change is a new step.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. SqlLibrary.Names
            .Where(n => n.StartsWith("ledger/", StringComparison.Ordinal) && char.IsAsciiDigit(n["ledger/".Length]))
            .Select(n => new Migration(int.Parse(n.AsSpan("ledger/".Length, 3), null), n["ledger/".Length..], n))
            .Where(m => m.Version > 0)
            .OrderBy(m => m.Version),
    ];
}
