using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>One property per line, an empty line between objects.</summary>
internal sealed class ListWriter(TextWriter output) : IObjectWriter
{
    private bool _first = true;

    public void Write(PSObject value)
    {
        if (Properties.IsText(value))
        {
            output.WriteLine(value.BaseObject);
            return;
        }

        if (!_first)
        {
            output.WriteLine();
        }

        _first = false;
        var properties = Properties.Of(value).ToList();
        var width = properties.Select(p => p.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, content) in properties)
        {
            output.WriteLine($"{name.PadRight(width)} : {Properties.Text(content)}");
        }
    }

    public void End()
    {
    }
}
