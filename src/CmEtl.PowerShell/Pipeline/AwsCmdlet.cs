using System.Management.Automation;
using CmEtl.Aws;

namespace CmEtl.PowerShell;

/// <summary>A cmdlet that connects to AWS but not to a database.</summary>
public abstract class AwsCmdlet : CmCmdlet
{
    private protected AwsCmdlet()
    {
    }

    /// <summary>Region, such as us-east-1. The default is that of the environment or the profile.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS configuration files. The default is AWS_PROFILE.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Service address to use instead of the region's, such as a private endpoint or a test server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    private protected AwsConnection Aws => new(Region, ProfileName, EndpointUrl);
}
