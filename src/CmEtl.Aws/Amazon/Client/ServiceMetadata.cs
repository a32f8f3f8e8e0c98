using Amazon.Runtime.Internal;

namespace CmEtl.Aws.Client;

/// <summary>A service's name, as the pipeline asks for it.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
