using System.Management.Automation;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>Stops a sandbox and deletes its folder.</summary>
[Cmdlet(VerbsCommon.Remove, "CmSandbox", SupportsShouldProcess = true)]
public sealed class RemoveCmSandboxCommand : CmCmdlet
{
    /// <summary>Folder of the sandbox, as returned by New-CmSandbox. A folder that is not a sandbox is refused.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    private protected override void Process()
    {
        var path = FullPath(Path);
        if (!ShouldProcess(path, "Remove sandbox"))
        {
            return;
        }

        Run("Stopping the server and deleting its folder", async cancel =>
        {
            await PostgresSandbox.RemoveAsync(path, cancel);
            return true;
        });
        CmSession.Forget(path);
    }
}
