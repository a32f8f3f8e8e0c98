using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CmEtl.Aws.Client;

/// <summary>
/// A service client that uses the SDK's pipeline for credentials, regions, <c>AWS_ENDPOINT_URL_*</c>, signing, retries and errors.
/// A service adds its operations, one line each. It replaces the service packages that this project cannot restore.
/// </summary>
public abstract class ServiceClient : AmazonServiceClient
{
    /// <param name="config">Configuration of the service.</param>
    /// <param name="credentials">Credentials. Null uses those that AWS tools find: environment, profile, single sign-on, role.</param>
    private protected ServiceClient(ServiceConfig config, AWSCredentials? credentials)
        : base(credentials, config)
    {
    }

    /// <summary>The base constructor reads this before any field is set, so it must not depend on a field.</summary>
    protected abstract override IServiceMetadata ServiceMetadata { get; }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Resolver());
    }

    private protected Task<T> SendAsync<T>(ServiceOperation operation, AmazonWebServiceRequest request, CancellationToken cancel)
        where T : AmazonWebServiceResponse, new() => SendAsync<T>(operation, new ServiceReply<T>(operation), request, cancel);

    private protected Task<T> SendAsync<T>(
        ServiceOperation operation, ServiceReply<T> reply, AmazonWebServiceRequest request, CancellationToken cancel)
        where T : AmazonWebServiceResponse, new() =>
        ServiceErrors.GuardAsync(
            (ServiceConfig)Config, operation.Name,
            token => InvokeAsync<T>(request, new InvokeOptions { RequestMarshaller = operation, ResponseUnmarshaller = reply }, token),
                cancel);
}
