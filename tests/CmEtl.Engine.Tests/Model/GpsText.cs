using System.Globalization;
using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Model;

/// <summary>A GPS text of the visit fact: nothing, a place, or something that nobody can use.</summary>
public sealed partial record GpsText(bool IsPresent, Coordinates? Place)
{
    public bool IsReject => IsPresent && Place is null;

    public static GpsText Parse(string? raw)
    {
        if (raw is null or ",")
        {
            return new GpsText(false, null);
        }

        var match = Pair().Match(raw.Replace("\"", "", StringComparison.Ordinal));
        return new GpsText(true, match.Success ? Coordinates.Create(Number(match.Groups[1]), Number(match.Groups[2])) : null);
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    private const string NumberPattern = "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)";

    [GeneratedRegex("\\A *" + NumberPattern + " *, *" + NumberPattern + " *\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();
}
