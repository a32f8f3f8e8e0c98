using Amazon.Runtime.Endpoints;

namespace CmEtl.Aws.Client;

/// <summary>Returns the endpoint of the configuration. Parameters have no effect.</summary>
internal sealed class ServiceEndpointProvider(ServiceConfig config) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => config.DetermineServiceOperationEndpoint(null!);
}
