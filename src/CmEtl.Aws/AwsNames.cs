using Amazon;
using Amazon.Runtime.CredentialManagement;

namespace CmEtl.Aws;

/// <summary>Names that this computer knows without asking a service.</summary>
public static class AwsNames
{
    /// <summary>Regions and what they are called.</summary>
    public static IEnumerable<(string Name, string Description)> Regions() =>
        RegionEndpoint.EnumerableAllRegions.Select(r => (r.SystemName, r.DisplayName));

    /// <summary>Profiles of the shared configuration files, and the region each sets.</summary>
    public static IEnumerable<(string Name, string? Region)> Profiles() =>
        new CredentialProfileStoreChain().ListProfiles().Select(p => (p.Name, p.Region?.SystemName));
}
