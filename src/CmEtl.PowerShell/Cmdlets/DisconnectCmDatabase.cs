using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Forgets the session's connection, password and all. Runs in the background go on; so does a sandbox. Safe to repeat.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CmDatabase")]
public sealed class DisconnectCmDatabaseCommand : CmCmdlet
{
    private protected override void Process() => CmSession.Connection = null;
}
