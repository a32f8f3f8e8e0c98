using System.Management.Automation;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>Creates or upgrades the ledger. With <c>-WhatIf</c> it returns the script instead.</summary>
[Cmdlet(VerbsData.Initialize, "CmEtlDatabase", SupportsShouldProcess = true)]
[OutputType(typeof(CmDatabaseChange), typeof(string))]
public sealed class InitializeCmEtlDatabaseCommand : EngineCmdlet
{
    private StepProgress? _progress;

    /// <summary>Also creates the recommended indexes, without blocking writers.</summary>
    [Parameter]
    public SwitchParameter Indexes { get; set; }

    private protected override void Process()
    {
        if (MayProcess(Target, "Initialize database", out var whatIf))
        {
            foreach (var name in Apply())
            {
                WriteObject(new CmDatabaseChange(name));
            }
        }
        else if (whatIf)
        {
            WriteObject(Run(cancel => Engine.GetInitializeScriptAsync(Indexes, cancel)));
        }
    }

    // The log names the index that is being built, which can take an hour on a large table.
    private protected override void Log(LogLevel level, string line)
    {
        base.Log(level, line);
        if (level == LogLevel.Information)
        {
            _progress?.Show(line);
        }
    }

    private IReadOnlyList<string> Apply()
    {
        using (_progress = new StepProgress(Pump, this, $"Database {Engine.Settings.Database}"))
        {
            return Run(cancel => Engine.InitializeAsync(Indexes, cancel));
        }
    }
}
