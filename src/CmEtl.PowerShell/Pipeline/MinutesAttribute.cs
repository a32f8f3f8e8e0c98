using System.Globalization;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>
/// Reads a plain number as minutes. PowerShell itself converts 10 to a TimeSpan of 10 ticks, a millionth of a second.
/// </summary>
internal sealed class MinutesAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        int or long or double or decimal =>
            Minutes(Convert.ToDouble(inputData is PSObject p ? p.BaseObject : inputData, CultureInfo.InvariantCulture)),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) => Minutes(minutes),
        var other => other,
    };

    private static TimeSpan Minutes(double minutes) =>
        double.IsFinite(minutes) && minutes >= 0 && minutes <= TimeSpan.MaxValue.TotalMinutes / 2
            ? TimeSpan.FromMinutes(minutes)
            : throw new ArgumentTransformationMetadataException("A duration must be a number of minutes, 0 or greater, or a text such as 00:10:00.");
}
