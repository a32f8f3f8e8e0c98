using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CmEtl.Cli;

/// <summary>
/// PowerShell's own formatting with the module's views. It has a runspace of its own, so that what it writes can be told from what the
/// user's text says to its host; that is opened for the first object only: many scripts print nothing but text.
/// </summary>
internal sealed class TableWriter(CliUserInterface ui, string moduleFolder) : IObjectWriter
{
    private Runspace? _runspace;
    private PowerShell? _shell;
    private PSDataCollection<PSObject>? _input;
    private IAsyncResult? _formatting;
    private string? _type;

    public void Write(PSObject value)
    {
        // Out-Default shows objects of a second type as lists; a new one for each type keeps the views.
        if (value.TypeNames[0] != _type)
        {
            Finish();
            _type = value.TypeNames[0];
        }

        if (Properties.IsText(value))
        {
            ui.WriteLine((string)value.BaseObject);
            return;
        }

        if (_input is null)
        {
            _shell = PowerShell.Create(_runspace ??= Open()).AddCommand("Out-Default");
            _input = [];
            _formatting = _shell.BeginInvoke(_input);
        }

        _input.Add(value);
    }

    public void End()
    {
        Finish();
        _runspace?.Dispose();
    }

    private void Finish()
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
    }

    private Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var file in Directory.EnumerateFiles(moduleFolder, "*.Format.ps1xml"))
        {
            state.Formats.Add(new SessionStateFormatEntry(file));
        }

        var runspace = RunspaceFactory.CreateRunspace(new CliHost(ui), state);
        runspace.Open();
        return runspace;
    }
}
