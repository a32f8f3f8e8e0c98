using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Grants a database role what an owner of the ledger, a worker or an operator needs, as far as the connected role owns it. With
/// <c>-WhatIf</c> it returns the SQL instead.
/// </summary>
[Cmdlet(VerbsSecurity.Grant, "CmEtlRole", SupportsShouldProcess = true)]
[OutputType(typeof(RoleGrant), typeof(string))]
public sealed class GrantCmEtlRoleCommand : EngineCmdlet
{
    // Held behind a reference: PowerShell lays out this type before the load context is connected.
    private object _role = null!;

    /// <summary>
    /// What the role is for: Owner creates the ledger, Worker runs the pipeline, Operator looks at runs, stops them and releases marks.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    public EtlRole Role { get => (EtlRole)_role; set => _role = value; }

    /// <summary>The database role that gets the rights. It has to exist.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string To { get; set; } = "";

    private protected override void Process()
    {
        if (MayProcess(Target, $"Grant {Role} rights to {To}", out var whatIf))
        {
            WriteObject(Run(cancel => Engine.GrantAsync(Role, To, cancel)), enumerateCollection: true);
        }
        else if (whatIf)
        {
            WriteObject(Run(cancel => Engine.GetGrantScriptAsync(Role, To, cancel)));
        }
    }
}
