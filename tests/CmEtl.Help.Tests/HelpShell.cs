using System.Management.Automation;
using System.Management.Automation.Runspaces;

// The session's connection and the environment belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CmEtl.Tests;

/// <summary>A complete PowerShell with the module imported.</summary>
public sealed class HelpShell : IDisposable
{
    private readonly Runspace _runspace;

    public HelpShell()
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault());
        _runspace.Open();
        Run($"Import-Module '{Repository.Module}'");
    }

    /// <summary>The cmdlets of the module.</summary>
    public IReadOnlyList<CommandInfo> Cmdlets => [.. Run("Get-Command -Module CmEtl").Select(c => (CommandInfo)c.BaseObject)];

    /// <summary>The output of Get-Help for a cmdlet.</summary>
    public string Text(string command) => Assert.IsType<string>(Assert.Single(Run($"{command} | Out-String -Width 80")).BaseObject);

    /// <summary>Runs a command that must not write any error, each in its own scope.</summary>
    public IReadOnlyList<PSObject> Run(string text)
    {
        using var shell = PowerShell.Create(_runspace).AddScript(text, useLocalScope: true);
        var output = new List<PSObject>();
        try
        {
            shell.Invoke(null, output, new PSInvocationSettings { ErrorActionPreference = ActionPreference.Continue });
        }
        catch (RuntimeException error)
        {
            Assert.Fail($"{text}\n{error.ErrorRecord.FullyQualifiedErrorId}: {error.ErrorRecord}");
        }

        Assert.True(shell.Streams.Error.Count == 0, string.Join('\n', shell.Streams.Error.Select(e => $"{text}\n{e.FullyQualifiedErrorId}: {e}")));
        return output;
    }

    public void Dispose() => _runspace.Dispose();
}
