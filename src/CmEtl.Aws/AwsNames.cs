using Amazon;
using Amazon.Runtime.CredentialManagement;

namespace CmEtl.Aws;

/// <summary>Names that are known without a request to a service.</summary>
public static class AwsNames
{
    /// <summary>Regions and their display names.</summary>
    public static IEnumerable<(string Name, string Description)> Regions() =>
        RegionEndpoint.EnumerableAllRegions.Select(r => (r.SystemName, r.DisplayName));

    /// <summary>Profiles of the shared configuration files with their regions.</summary>
    public static IEnumerable<(string Name, string? Region)> Profiles() =>
        new CredentialProfileStoreChain().ListProfiles().Select(p => (p.Name, p.Region?.SystemName));
}
