using System.Globalization;
using System.Text;

namespace CmEtl.Engine;

/// <summary>What may be said in one line.</summary>
public static class PlainText
{
    private const int LongestReason = 1_000;
    private const int LongestShown = 80;

    /// <summary>Well-formed Unicode without anything that steers a terminal or ends a line or a C string.</summary>
    public static bool Is(string value) => !value.Any(char.IsControl) && value.EnumerateRunes().All(r => r != Rune.ReplacementChar);

    /// <summary>A value as a message may repeat it.</summary>
    public static string Printable(string value)
    {
        var shown = value.Length <= LongestShown ? value : value[..LongestShown];
        var clean = string.Concat(shown.Select(c => IsVisible(c) ? c : '?'));
        return value.Length <= LongestShown ? $"'{clean}'" : $"'{clean}...'";
    }

    /// <summary>Why somebody does something, for the ledger.</summary>
    public static string RequireReason(string reason) => reason.Length <= LongestReason && Is(reason) ? reason : throw new CmEtlException(
        ErrorKind.Configuration, ErrorIds.InvalidReason, $"The reason {Printable(reason)} is not one: allowed is one line of at most {LongestReason} characters.",
        "Say it shorter; nothing was done.") { Subject = "reason" };

    // Marks that turn the direction of writing would let a message say something else than it does.
    private static bool IsVisible(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
