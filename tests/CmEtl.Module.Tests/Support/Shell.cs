using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CmEtl.Tests;

/// <summary>A runspace with the module imported, and what came out of the last text run in it.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;

    public Shell()
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        Run($"Import-Module '{Repository.Module}'");
    }

    public List<ErrorRecord> Errors { get; private set; } = [];

    public List<ProgressRecord> Progress { get; private set; } = [];

    public List<InformationRecord> Information { get; private set; } = [];

    public ErrorRecord Error => Assert.Single(Errors);

    /// <summary>Runs text; errors, also terminating ones, are kept in <see cref="Errors"/>.</summary>
    public List<PSObject> Run(string text, params object?[] input)
    {
        using var shell = PowerShell.Create(_runspace).AddScript(text, useLocalScope: false);
        var output = new List<PSObject>();
        try
        {
            shell.Invoke(input, output);
            Errors = [.. shell.Streams.Error];
        }
        catch (RuntimeException e)
        {
            Errors = [.. shell.Streams.Error, e.ErrorRecord];
        }

        Progress = [.. shell.Streams.Progress];
        Information = [.. shell.Streams.Information];
        return output;
    }

    /// <summary>Runs text that must not write any error.</summary>
    public List<PSObject> RunClean(string text, params object?[] input)
    {
        var output = Run(text, input);
        Assert.Empty(Errors.Select(e => e.ToString()));
        return output;
    }

    public void Dispose() => _runspace.Dispose();
}
