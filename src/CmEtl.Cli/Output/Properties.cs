using System.Globalization;
using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>Reads objects the way the writers need them.</summary>
internal static class Properties
{
    public static IEnumerable<(string Name, object? Value)> Of(PSObject value) =>
        value.Properties.Where(p => p.IsGettable).Select(p => (p.Name, Value(p)));

    public static bool IsText(PSObject value) => value.BaseObject is string;

    /// <summary>A value on one line, the same on every machine.</summary>
    public static string Text(object? value) => Bare(value) switch
    {
        null => "",
        string text => text,
        DateTime or DateTimeOffset => ((IFormattable)value!).ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text)),
        var other => other.ToString() ?? "",
    };

    public static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    // A getter that throws must not cost the whole output.
    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
