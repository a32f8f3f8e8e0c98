using Amazon.Runtime;

namespace CmEtl.Aws;

/// <summary>One HTTP request before it gets an endpoint and a signature.</summary>
public sealed class ServiceRequest : AmazonWebServiceRequest
{
    /// <param name="operation">The API operation.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path; what may hold any character goes to <see cref="PathValues"/> and is named <c>{like this}</c> here.</param>
    /// <param name="body">The body, or null.</param>
    public ServiceRequest(string operation, string method, string path, byte[]? body)
    {
        Operation = operation;
        Method = method;
        Path = path;
        Body = body;
    }

    /// <summary>The API operation, for messages.</summary>
    public string Operation { get; }

    internal string Method { get; }

    internal string Path { get; }

    internal byte[]? Body { get; }

    /// <summary>Headers besides those of the signature.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Values of the path, escaped as the signature wants them.</summary>
    public Dictionary<string, string> PathValues { get; } = [];

    /// <summary>The query string.</summary>
    public Dictionary<string, string> Query { get; } = [];
}
