using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Engine;

/// <summary>A migration of the ledger's schema: <c>sql/ledger/NNN_name.sql</c>.</summary>
/// <param name="Version">Its number, 1 or greater.</param>
/// <param name="Name">Name of its file, without the extension.</param>
/// <param name="Text">Content of the file, with psql's variables.</param>
internal sealed record Migration(int Version, string Name, string Text)
{
    /// <summary>All migrations, in order. A released migration is never edited. A change is a new migration.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. SqlLibrary.Names
            .Where(n => n.StartsWith("ledger/", StringComparison.Ordinal) && char.IsAsciiDigit(n["ledger/".Length]))
            .Select(n => new Migration(int.Parse(n.AsSpan("ledger/".Length, 3), null), n["ledger/".Length..], SqlLibrary.File(n)))
            .OrderBy(m => m.Version),
    ];

    /// <summary>Checksum of the text, so that a ledger shows from which text of this number it was created.</summary>
    public string Checksum { get; } = Sum(Text);

    /// <summary>A checksum that is the same on every system, although a checkout may change line endings.</summary>
    public static string Sum(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))))[..16];
}
