using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Removes the session's connection, including its password. Background runs and sandboxes continue. Safe to repeat.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CmDatabase")]
public sealed class DisconnectCmDatabaseCommand : CmCmdlet
{
    private protected override void Process() => CmSession.Connection = null;
}
