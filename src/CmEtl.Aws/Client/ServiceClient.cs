using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CmEtl.Aws;

/// <summary>
/// A service client on the SDK's own pipeline: credentials, regions, <c>AWS_ENDPOINT_URL_*</c>, signing, retries and errors are the SDK's.
/// A service adds its operations, one line each. It stands in for the service packages this project cannot get.
/// </summary>
public abstract class ServiceClient : AmazonServiceClient
{
    /// <param name="config">The service and where it is.</param>
    /// <param name="credentials">Null looks them up as every AWS tool does: environment, profile, single sign-on, role.</param>
    protected ServiceClient(ServiceConfig config, AWSCredentials? credentials)
        : base(credentials, config) => Service = config;

    /// <summary>The config in its own type.</summary>
    protected ServiceConfig Service { get; }

    /// <summary>The base constructor reads this before any field is set: it must not depend on one.</summary>
    protected abstract override IServiceMetadata ServiceMetadata { get; }

    /// <summary>Property names as the service writes them, and times in epoch seconds.</summary>
    protected abstract JsonSerializerOptions Json { get; }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Resolver());
    }

    /// <summary>Sends a request and reads nothing of the answer.</summary>
    /// <exception cref="AmazonServiceException">The service refused; its <c>ErrorCode</c> is the service's name for the reason.</exception>
    protected Task<ServiceReply> SendAsync(ServiceRequest request, CancellationToken cancel) =>
        InvokeAsync<ServiceReply>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(ServiceMetadata.ServiceId), ResponseUnmarshaller = new ReplyUnmarshaller(),
            },
            cancel);

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    protected async Task<T> SendAsync<T>(ServiceRequest request, CancellationToken cancel)
    {
        var reply = await SendAsync(request, cancel);
        return JsonSerializer.Deserialize<T>(reply.Body.Length == 0 ? "{}"u8 : reply.Body, Json)
            ?? throw new AmazonClientException($"{request.Operation}: the answer is null.");
    }

    /// <summary>An object as the service's JSON.</summary>
    protected byte[] ToBody(object value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);
}
