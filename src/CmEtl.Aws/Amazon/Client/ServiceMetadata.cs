using Amazon.Runtime.Internal;

namespace CmEtl.Aws.Client;

/// <summary>The service's name for the SDK's pipeline.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
