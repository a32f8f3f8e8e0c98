using Amazon.Runtime;

namespace CmEtl.Aws;

/// <summary>A successful answer: headers and bytes. The status is <see cref="AmazonWebServiceResponse.HttpStatusCode"/>.</summary>
public sealed class ServiceReply : AmazonWebServiceResponse
{
    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The headers, names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
