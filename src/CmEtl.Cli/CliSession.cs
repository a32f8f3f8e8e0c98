using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace CmEtl.Cli;

/// <summary>One runspace with the module, and what is run in it.</summary>
internal sealed class CliSession : IDisposable
{
    // The module ends its background runs with the process; here they are what the caller came for.
    private const string WaitForBackgroundRuns = """
        while ([CmEtl.PowerShell.BackgroundRuns]::Active) { [Threading.Thread]::Sleep(200) }
        [CmEtl.PowerShell.BackgroundRuns]::FirstProblem  # was a warning of a later command
        foreach ($problem in [CmEtl.PowerShell.BackgroundRuns]::TakeProblems()) { Write-Error -ErrorRecord $problem }
        """;

    private readonly CliOptions _options;
    private readonly ProgressLine _progress = new(Console.Error, !Console.IsErrorRedirected);
    private readonly string _module = ModuleFile.Find();
    private readonly CliUserInterface _ui;
    private readonly CliHost _host;
    private readonly Runspace _runspace;
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile PowerShell? _current;
    private volatile bool _stopped;
    private int _code = ExitCode.Success;

    public CliSession(CliOptions options)
    {
        _options = options;
        _ui = new CliUserInterface(_progress, Console.Error, !Console.IsErrorRedirected);
        _host = new CliHost(_ui);
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(_module);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        // Sandboxes stay until the process ends: what works on them is stopped first.
        AppContext.SetSwitch("CmEtl.HostEndsProcess", true);
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        // A terminal that closes: the run is left resumable, as with the others.
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop));
    }

    public int Run()
    {
        try
        {
            _runspace.Open();
            var output = new CliUserInterface(_progress, Console.Out, !Console.IsOutputRedirected);
            using (var writer = new ObjectWriter(_options.Output, output, Path.GetDirectoryName(_module)!))
            {
                Invoke(_options.Text, writer.Write, writer.End);
            }

            if (output.Failure is { } failure)
            {
                Note(ExitCode.Failure);
                _ui.Say($"ERROR: Standard output could not be written: {failure.Message}");
            }

            if (!_stopped)
            {
                Invoke(WaitForBackgroundRuns, told => Note(ExitCode.Of((ErrorRecord)told.BaseObject)), () => { });
            }
        }
        catch (RuntimeException e)
        {
            Report(e.ErrorRecord);
        }

        return _stopped ? ExitCode.Stopped : _host.RequestedExitCode ?? _code;
    }

    public void Dispose()
    {
        _signals.ForEach(s => s.Dispose());
        _runspace.Dispose();
    }

    private void Invoke(string text, Action<PSObject> write, Action end)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(text, useLocalScope: false);
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, _) => output.ReadAll().Where(o => o is not null).ToList().ForEach(write);
        shell.Streams.Error.DataAdded += (_, e) => Report(shell.Streams.Error[e.Index]);
        _current = shell;
        try
        {
            shell.Invoke(input: null, output);
        }
        catch (PipelineStoppedException)
        {
            Note(ExitCode.Failure);
        }
        finally
        {
            _current = null;
            _ui.EndProgress();
            end();
        }
    }

    private void Report(ErrorRecord error)
    {
        if (ErrorText.IsNativeOutput(error))
        {
            _ui.Say(error.Exception.Message);
            return;
        }

        Note(ExitCode.Of(error));
        _ui.Say(ErrorText.Of(error));
    }

    private void Note(int code) => _code = ExitCode.Combine(_code, code);

    private void Stop(PosixSignalContext signal)
    {
        // The first asks nicely, which leaves a run that can be resumed; the second is left to the system, which kills.
        signal.Cancel = !_stopped;
        _stopped = true;
        _current?.BeginStop(null, null);
    }
}
