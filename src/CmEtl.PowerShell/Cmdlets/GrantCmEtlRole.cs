using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Grants a database role the rights of a ledger owner, a worker or an operator, on the objects that the connected role owns. With
/// <c>-WhatIf</c> it returns the SQL instead.
/// </summary>
[Cmdlet(VerbsSecurity.Grant, "CmEtlRole", SupportsShouldProcess = true)]
[OutputType(typeof(RoleGrant), typeof(string))]
public sealed class GrantCmEtlRoleCommand : EngineCmdlet
{
    // Boxed, because PowerShell loads this type before the load context that has the enumeration is registered.
    private object _role = null!;

    /// <summary>
    /// Purpose of the role: Owner creates the ledger, Worker runs the pipeline, Operator views runs, stops them and releases marks.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    public EtlRole Role { get => (EtlRole)_role; set => _role = value; }

    /// <summary>The database role that receives the rights. It must exist.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string To { get; set; } = "";

    private protected override void Process()
    {
        if (MayProcess(Target, $"Grant {Role} rights to {To}", out var whatIf))
        {
            WriteObject(Run(cancel => Engine.GrantAsync(Role, To, cancel)).Select(WithCommand), enumerateCollection: true);
        }
        else if (whatIf)
        {
            WriteObject(Run(cancel => Engine.GetGrantScriptAsync(Role, To, cancel)));
        }
    }

    private static RoleGrant WithCommand(RoleGrant part) =>
        part with { Remedy = part.Remedy.Replace($"grant {part.Role} rights to {part.To}", $"Grant-CmEtlRole -Role {part.Role} -To {part.To}", StringComparison.Ordinal) };
}
