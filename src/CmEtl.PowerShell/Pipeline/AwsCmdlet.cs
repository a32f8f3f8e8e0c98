using System.Management.Automation;
using CmEtl.Aws;

namespace CmEtl.PowerShell;

/// <summary>A cmdlet that talks to AWS and to no database.</summary>
public abstract class AwsCmdlet : CmCmdlet
{
    private protected AwsCmdlet()
    {
    }

    /// <summary>Region, like us-east-1; that of the environment or the profile by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS configuration files; AWS_PROFILE by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Address of the service instead of the region's own: a private endpoint, a test server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    private protected AwsConnection Aws => new(Region, ProfileName, EndpointUrl);
}
