using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CmEtl.Cli;

/// <summary>
/// PowerShell's own formatting with the module's views. It has a runspace of its own, so that what it writes can be told from what the
/// user's text says to its host; that is opened for the first object only: most scripts print nothing but text.
/// </summary>
internal sealed class TableWriter(CliUserInterface ui, string moduleFolder) : IObjectWriter
{
    private readonly PSDataCollection<PSObject> _input = [];
    private Runspace? _runspace;
    private PowerShell? _shell;
    private IAsyncResult? _formatting;

    public void Write(PSObject value)
    {
        if (_shell is null && Properties.IsText(value))
        {
            ui.WriteLine((string)value.BaseObject);
            return;
        }

        Open();
        _input.Add(value);
    }

    public void End()
    {
        if (_shell is not null)
        {
            _input.Complete();
            _shell.EndInvoke(_formatting);
        }

        _shell?.Dispose();
        _runspace?.Dispose();
        _input.Dispose();
    }

    private void Open()
    {
        if (_shell is not null)
        {
            return;
        }

        var state = InitialSessionState.CreateDefault2();
        foreach (var file in Directory.EnumerateFiles(moduleFolder, "*.Format.ps1xml"))
        {
            state.Formats.Add(new SessionStateFormatEntry(file));
        }

        _runspace = RunspaceFactory.CreateRunspace(new CliHost(ui), state);
        _runspace.Open();
        _shell = PowerShell.Create(_runspace).AddCommand("Out-Default");
        _formatting = _shell.BeginInvoke(_input);
    }
}
