using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CmEtl.Cli;

/// <summary>
/// Writes objects to standard output with PowerShell's own formatting cmdlets and the module's views. The formatter has a runspace of its
/// own: its host is standard output, while the host of the user's text is standard error. The runspace is opened for the first object that
/// is not text, because many scripts print text only.
/// </summary>
internal sealed class ObjectWriter(OutputFormat format, CliUserInterface ui, string moduleFolder) : IDisposable
{
    /// <summary>
    /// Durations and dates as round-trip text: ConvertTo-Json writes a TimeSpan as an object with eleven properties, and ConvertTo-Csv
    /// writes dates in the culture of the session.
    /// </summary>
    private const string Plain = """
        & {
            process {
                if ($_ -isnot [Management.Automation.PSCustomObject] -and $_.PSTypeNames[0] -notlike 'CmEtl.*') { return $_ }
                $plain = [ordered]@{}
                foreach ($property in $_.PSObject.Properties) {
                    $value = $property.Value
                    if ($value -is [TimeSpan]) { $value = $value.ToString() }
                    elseif ($value -is [DateOnly] -or $value -is [DateTime] -or $value -is [DateTimeOffset]) { $value = $value.ToString('o') }
                    $plain[$property.Name] = $value
                }
                [pscustomobject] $plain
            }
        }
        """;

    private Runspace? _runspace;
    private PowerShell? _shell;
    private PSDataCollection<PSObject>? _input;
    private IAsyncResult? _formatting;
    private string? _type;

    private string Script => format switch
    {
        OutputFormat.List => "$input | Format-List -Property * | Out-Default",
        OutputFormat.Json => $"$input | {Plain} | ConvertTo-Json -Depth 6 -EnumsAsStrings | Out-Default",
        OutputFormat.Csv => $"$input | {Plain} | ConvertTo-Csv -UseQuotes AsNeeded | Out-Default",
        _ => "$input | Out-Default",
    };

    /// <summary>Text is written as it is, except where the output is one JSON document.</summary>
    public void Write(PSObject value)
    {
        if (value.BaseObject is string text && format != OutputFormat.Json)
        {
            End();
            ui.WriteLine(text);
            return;
        }

        // Within one pipeline PowerShell shows objects of a second type as lists. A new formatter for each type keeps the views.
        // What the user's own Format-Table emits is a sequence of several types that belong together.
        var type = value.TypeNames[0].StartsWith("Microsoft.PowerShell.Commands.Internal.Format.", StringComparison.Ordinal) ? "format" : value.TypeNames[0];
        if (format != OutputFormat.Json && type != _type)
        {
            End();
            _type = type;
        }

        if (_input is null)
        {
            _shell = PowerShell.Create(_runspace ??= Open()).AddScript(Script);
            _input = [];
            _formatting = _shell.BeginInvoke(_input);
        }

        _input.Add(value);
    }

    /// <summary>Writes what the formatter still holds back.</summary>
    public void End()
    {
        if (_input is null)
        {
            return;
        }

        _input.Complete();
        _shell!.EndInvoke(_formatting);
        _shell.Dispose();
        _input.Dispose();
        _input = null;
        _type = null;
    }

    public void Dispose() => _runspace?.Dispose();

    private Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var file in Directory.EnumerateFiles(moduleFolder, "*.Format.ps1xml"))
        {
            state.Formats.Add(new SessionStateFormatEntry(file));
        }

        state.Types.Add(new SessionStateTypeEntry(Path.Combine(moduleFolder, "CmEtl.Types.ps1xml")));

        var runspace = RunspaceFactory.CreateRunspace(new CliHost(ui), state);
        runspace.Open();
        return runspace;
    }
}
