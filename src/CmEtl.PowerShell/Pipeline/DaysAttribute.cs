using System.Globalization;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Reads a plain number as days. PowerShell itself converts 10 to a TimeSpan of 10 ticks, a millionth of a second.</summary>
internal sealed class DaysAttribute : ArgumentTransformationAttribute
{
    private const double Most = 36_500;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var time = value switch
        {
            int or long or double or decimal => From(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) => From(days),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) => span,
            TimeSpan span => span,
            _ => (TimeSpan?)null,
        };
        return time is { } known && known >= TimeSpan.Zero && known.TotalDays <= Most ? known
            : throw new ArgumentTransformationMetadataException($"The value must be a number of days from 0 to {Most}, or a text such as 30.00:00:00.");
    }

    private static TimeSpan? From(double days) => days is >= 0 and <= Most ? TimeSpan.FromDays(days) : null;
}
