using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CmEtl.Tests;

/// <summary>A runspace with the module imported, and the output of the last command.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;

    public Shell()
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        // No server is listening here.
        Run($"$ConfirmPreference = 'None'; Import-Module '{Repository.Module}'");
    }

    public List<ErrorRecord> Errors { get; private set; } = [];

    public List<ProgressRecord> Progress { get; private set; } = [];

    public List<InformationRecord> Information { get; private set; } = [];

    public List<string> Verbose { get; private set; } = [];

    public List<string> Warnings { get; private set; } = [];

    public ErrorRecord Error => Assert.Single(Errors);

    /// <summary>Runs a command. Errors, including terminating ones, are kept in <see cref="Errors"/>.</summary>
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
        Verbose = [.. shell.Streams.Verbose.Select(v => v.Message)];
        Warnings = [.. shell.Streams.Warning.Select(w => w.Message)];
        return output;
    }

    /// <summary>Runs a command that must not write any error.</summary>
    public List<PSObject> RunClean(string text, params object?[] input)
    {
        var output = Run(text, input);
        Assert.Empty(Errors.Select(e => e.ToString()));
        return output;
    }

    /// <summary>Runs a command until a condition holds, then stops it as Ctrl-C does.</summary>
    /// <returns>The time from the stop until the prompt returned.</returns>
    public TimeSpan Stop(string text, Func<bool> underWay)
    {
        using var shell = PowerShell.Create(_runspace).AddScript(text, useLocalScope: false);
        var running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => underWay() || running.IsCompleted, TimeSpan.FromMinutes(2)), "It did not get that far.");
        Assert.False(running.IsCompleted, "It was over before it could be stopped.");
        var watch = Stopwatch.StartNew();
        shell.Stop();
        var took = watch.Elapsed;
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        return took;
    }

    public void Dispose() => _runspace.Dispose();
}
