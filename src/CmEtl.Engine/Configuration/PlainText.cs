using System.Globalization;
using System.Text;

namespace CmEtl.Engine;

/// <summary>Checks and shows texts of one line.</summary>
public static class PlainText
{
    private const int LongestReason = 1_000;
    private const int LongestShown = 80;

    /// <summary>Whether a text is well-formed Unicode without characters that control a terminal or end a line or a C string.</summary>
    public static bool Is(string value) => !value.Any(char.IsControl) && value.EnumerateRunes().All(r => r != Rune.ReplacementChar);

    /// <summary>A value in the form in which messages may repeat it.</summary>
    public static string Printable(string value)
    {
        var shown = value.Length <= LongestShown ? value : value[..LongestShown];
        var clean = string.Concat(shown.Select(c => IsVisible(c) ? c : '?'));
        return value.Length <= LongestShown ? $"'{clean}'" : $"'{clean}...'";
    }

    /// <summary>Returns the reason for an action if it can be stored in the ledger, otherwise throws.</summary>
    public static string RequireReason(string reason) => reason.Length <= LongestReason && Is(reason) ? reason : throw new CmEtlException(
        ErrorKind.Configuration, ErrorIds.InvalidReason, $"The reason {Printable(reason)} is invalid. It must be one line of at most {LongestReason} characters.",
        "Shorten the reason. Nothing was changed.") { Subject = "reason" };

    // Marks that change the direction of writing could make a message look different from its content.
    private static bool IsVisible(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
