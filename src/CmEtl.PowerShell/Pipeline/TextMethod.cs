using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>
/// ToString of a value in a record: ISO 8601 with the zone, or the invariant culture. A format that is asked for is used as always. It has
/// two overloads, because PowerShell passes a format only to a method that does.
/// </summary>
internal sealed class TextMethod : PSMethodInfo
{
    private readonly object _value;

    public TextMethod(object value)
    {
        _value = value;
        SetMemberName(nameof(ToString));
    }

    /// <inheritdoc/>
    public override Collection<string> OverloadDefinitions => ["string ToString()", "string ToString(string format, System.IFormatProvider provider)"];

    /// <inheritdoc/>
    public override PSMemberTypes MemberType => PSMemberTypes.CodeMethod;

    /// <inheritdoc/>
    public override string TypeNameOfValue => typeof(string).FullName!;

    /// <summary>The text of a value that stands in a record or in a file, in every culture the same.</summary>
    public static string Plain(object value) => value switch
    {
        DateTimeOffset at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        Enum => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <inheritdoc/>
    public override object Invoke(params object[] arguments) =>
        _value is IFormattable formattable && arguments.OfType<string>().FirstOrDefault() is { Length: > 0 } format
            ? formattable.ToString(format, arguments.OfType<IFormatProvider>().FirstOrDefault() ?? CultureInfo.InvariantCulture)
            : Plain(_value);

    /// <inheritdoc/>
    public override PSMemberInfo Copy() => new TextMethod(_value);
}
