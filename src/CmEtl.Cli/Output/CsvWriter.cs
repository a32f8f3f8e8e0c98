using System.Buffers;
using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>RFC 4180, with the columns of the first object.</summary>
internal sealed class CsvWriter(TextWriter output) : IObjectWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private string[]? _columns;

    public void Write(PSObject value)
    {
        if (Properties.IsText(value))
        {
            output.WriteLine(Field(value.BaseObject));
            return;
        }

        if (_columns is null)
        {
            _columns = [.. Properties.Of(value).Select(p => p.Name)];
            WriteLine(_columns);
        }

        var content = Properties.Of(value).ToDictionary(p => p.Name, p => p.Value);
        WriteLine(_columns.Select(c => content.GetValueOrDefault(c)));
    }

    public void End()
    {
    }

    private void WriteLine(IEnumerable<object?> fields) => output.WriteLine(string.Join(',', fields.Select(Field)));

    private static string Field(object? value)
    {
        var text = Properties.Text(value);
        return text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
