using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace CmEtl.Aws.Client;

/// <summary>Configuration of a service. Region, endpoint and retries are set as for every client of the SDK.</summary>
public abstract class ServiceConfig : ClientConfig
{
    private readonly string _prefix;

    /// <param name="serviceId">The service id. With underscores instead of spaces it is the last part of <c>AWS_ENDPOINT_URL_*</c>.</param>
    /// <param name="prefix">First part of the host name and the service's name in signatures.</param>
    /// <param name="version">Version of the API.</param>
    private protected ServiceConfig(string serviceId, string prefix, string version)
        : base(new DefaultConfigurationProvider(
            [new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard }]))
    {
        _prefix = prefix;
        ServiceVersion = version;
        ServiceId = serviceId;
        AuthenticationServiceName = prefix;
        EndpointProvider = new ServiceEndpointProvider(this);
        HttpClientFactory = new ServiceHttp();
    }

    /// <inheritdoc/>
    public override string ServiceVersion { get; }

    /// <inheritdoc/>
    public override string UserAgent => "CmEtl/0.1";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => _prefix;

    /// <summary>
    /// The service's endpoint: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html. The DNS suffix is the region's.
    /// </summary>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        if (!string.IsNullOrEmpty(ServiceURL))
        {
            return new Endpoint(ServiceURL);
        }

        var region = parameters?.AlternateEndpoint ?? RegionEndpoint
            ?? throw new AmazonClientException("No region is set. Set AWS_REGION, or use -Region or a profile that has a region.");
        return new Endpoint($"https://{_prefix}{(UseFIPSEndpoint ? "-fips" : "")}.{region.SystemName}.{region.PartitionDnsSuffix}");
    }

    /// <summary>Time limit of an operation with all its retries.</summary>
    internal abstract TimeSpan Limit(string operation);
}
