using Amazon.Runtime.Endpoints;

namespace CmEtl.Aws.Client;

/// <summary>The endpoint a config answers; there are no rules by parameter.</summary>
internal sealed class ServiceEndpointProvider(ServiceConfig config) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => config.DetermineServiceOperationEndpoint(null!);
}
