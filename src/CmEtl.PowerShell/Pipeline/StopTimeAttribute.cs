using System.Globalization;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Accepts a time as text, in the format of the setting stop_at, or as a date such as Get-Date returns.</summary>
internal sealed class StopTimeAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        DateTime time => Text(new DateTimeOffset(time)),
        DateTimeOffset time => Text(time),
        var other => other,
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z";
}
