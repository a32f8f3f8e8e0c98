using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using CmEtl.Aws;

namespace CmEtl.PowerShell;

/// <summary>
/// The engine's records as a shell and its files expect them. ConvertTo-Json reads the .NET properties of an object, whatever the module's
/// types say: an enumeration becomes a number, a duration an object. Export-Csv writes dates and numbers in the culture of the session. So
/// a record is written as a copy: enumerations and dates are text, moments and numbers have the same text in every culture. Durations are
/// left to their seconds; CmEtl.Types.ps1xml makes the TimeSpan of them, hidden from files.
/// </summary>
internal static class PlainRecord
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>The copy of a record; anything else as it is.</summary>
    public static object? Of(object? value) => value switch
    {
        Enum or DateOnly => TextMethod.Plain(value),
        DateTimeOffset or double or decimal or < 0L => With(new PSObject(value), value),
        _ when value is not null && IsRecord(value.GetType()) => Copy(value),
        IEnumerable list when list.GetType().GetInterface("IEnumerable`1") is { } of && IsRecord(of.GenericTypeArguments[0]) =>
            new TextList<object?>([.. list.Cast<object?>().Select(Of)]),
        _ => value,
    };

    /// <summary>Connections, sandboxes and jobs are not records: cmdlets take them, and they hold no dates. Nor is a list.</summary>
    private static bool IsRecord(Type type) =>
        type.Namespace is { } space && space.StartsWith("CmEtl.", StringComparison.Ordinal) && type.Assembly != typeof(PlainRecord).Assembly
        && !type.IsEnum && !typeof(IEnumerable).IsAssignableFrom(type);

    private static PSObject Copy(object record)
    {
        var copy = With(new PSObject(), record);
        copy.TypeNames.Insert(0, record.GetType().FullName);
        foreach (var property in Known.GetOrAdd(record.GetType(), Properties))
        {
            copy.Properties.Add(new PSNoteProperty(property.Name, Of(property.GetValue(record))), preValidated: true);
        }

        return copy;
    }

    private static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) != typeof(TimeSpan)).OrderBy(p => p.MetadataToken)];

    private static PSObject With(PSObject shell, object value)
    {
        shell.Methods.Add(new TextMethod(value), preValidated: true);
        return shell;
    }
}
