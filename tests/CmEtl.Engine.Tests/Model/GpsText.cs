using System.Globalization;
using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Model;

/// <summary>A GPS text of a visit: absent, a place, or unusable.</summary>
public sealed partial record GpsText(bool IsPresent, Coordinates? Place)
{
    public bool IsReject => IsPresent && Place is null;

    public static GpsText Parse(string? raw)
    {
        if (raw is null or ",")
        {
            return new GpsText(false, null);
        }

        var parts = raw.Replace("\"", "", StringComparison.Ordinal).Split(',');
        return new GpsText(true, parts.Length < 2 ? null : Coordinates.Create(Read(parts[0]), Read(parts[1])));
    }

    private static double? Read(string part)
    {
        var number = part.Trim(' ', '\t', '\r', '\n');
        return Number().IsMatch(number) ? double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex("\\A[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?0*[0-9]{1,2})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
