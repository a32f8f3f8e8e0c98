using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>A cmdlet that publishes versions of a resource on AWS and points an alias to them.</summary>
public abstract class VersionedCmdlet : AwsCmdlet
{
    private protected const string DeploymentSet = "Deployment";
    private protected const string RollbackSet = "Rollback";

    private protected VersionedCmdlet()
    {
    }

    /// <summary>Publish a version.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    public SwitchParameter Publish { get; set; }

    /// <summary>Publish a version and point this alias to it; with -Rollback, the alias to point back.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    [Parameter(Mandatory = true, ParameterSetName = RollbackSet)]
    [ValidateNotNullOrEmpty]
    public string? Alias { get; set; }

    /// <summary>Percent of the alias's calls that the new version gets; the others stay at the version of before. 100 by default.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    [ValidateRange(1, 100)]
    public int Weight { get; set; } = 100;

    /// <summary>Delete all published versions but this many, the newest ones. A version that an alias uses is never deleted.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? KeepVersion { get; set; }

    /// <summary>Point -Alias back: to -Version, away from a version that has only some of its calls, or to the version before.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RollbackSet)]
    public SwitchParameter Rollback { get; set; }

    /// <summary>Number of the version to point back to.</summary>
    [Parameter(ParameterSetName = RollbackSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Version { get; set; }
}
