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

    /// <summary>Publishes a version.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    public SwitchParameter Publish { get; set; }

    /// <summary>Publishes a version and points this alias to it. With -Rollback, the alias to point back.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    [Parameter(Mandatory = true, ParameterSetName = RollbackSet)]
    [ValidateNotNullOrEmpty]
    public string? Alias { get; set; }

    /// <summary>Percentage of the alias's calls that the new version gets, 100 by default. The previous version gets the rest.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    [ValidateRange(1, 100)]
    public int Weight { get; set; } = 100;

    /// <summary>Deletes all but this many newest published versions. A version that an alias uses is never deleted.</summary>
    [Parameter(ParameterSetName = DeploymentSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? KeepVersion { get; set; }

    /// <summary>Points -Alias to -Version. Without -Version, removes a weight if one is set, or points to the previous version.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RollbackSet)]
    public SwitchParameter Rollback { get; set; }

    /// <summary>Number of the version to point back to.</summary>
    [Parameter(ParameterSetName = RollbackSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Version { get; set; }
}
