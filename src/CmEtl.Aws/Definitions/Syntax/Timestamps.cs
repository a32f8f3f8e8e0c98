using System.Globalization;
using System.Text.RegularExpressions;

namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>Timestamps of RFC 3339, with T and a zone: https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html.</summary>
internal static partial class Timestamps
{
    public static bool IsTimestamp(string text) =>
        Shape().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Shape();
}
