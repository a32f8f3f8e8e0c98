using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Creates or upgrades the ledger. With <c>-WhatIf</c> it returns the script instead.</summary>
[Cmdlet(VerbsData.Initialize, "CmEtlDatabase", SupportsShouldProcess = true)]
[OutputType(typeof(CmDatabaseChange), typeof(string))]
public sealed class InitializeCmEtlDatabaseCommand : EngineCmdlet
{
    /// <summary>Also create the recommended indexes, without blocking writers.</summary>
    [Parameter]
    public SwitchParameter Indexes { get; set; }

    private protected override void Process()
    {
        if (MayProcess(Target, "Initialize database", out var whatIf))
        {
            foreach (var name in Run(cancel => Engine.InitializeAsync(Indexes, cancel)))
            {
                WriteObject(new CmDatabaseChange(name));
            }
        }
        else if (whatIf)
        {
            WriteObject(Run(cancel => Engine.GetInitializeScriptAsync(Indexes, cancel)));
        }
    }
}
