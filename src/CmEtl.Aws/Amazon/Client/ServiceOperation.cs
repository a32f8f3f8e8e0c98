using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CmEtl.Aws.Client;

/// <summary>Marshals an operation. A retry calls the marshaller again.</summary>
/// <param name="Service">Service id, as in <c>AWS_ENDPOINT_URL_*</c>.</param>
/// <param name="Name">Name of the operation.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">
/// Path and query. A member in braces is moved from the body to this position: <c>/functions/{FunctionName}?Qualifier={Qualifier}</c>.
/// </param>
/// <param name="Headers">Headers besides those of the signature.</param>
/// <param name="Json">Serialization options of the service.</param>
internal sealed record ServiceOperation(
    string Service, string Name, string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonSerializerOptions Json)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    /// <summary>The member that is the raw body. Null if the body is all members as JSON.</summary>
    public string? Payload { get; init; }

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var members = JsonSerializer.SerializeToNode(input, input.GetType(), Json)!.AsObject();
        var (path, query) = Path.Split('?') is [var p, var q] ? (p, q) : (Path, "");
        var request = new DefaultRequest(input, Service) { HttpMethod = Method, ResourcePath = path, UseQueryString = query.Length > 0 };
        foreach (var name in path.Split('{').Skip(1).Select(s => s.Split('}')[0]))
        {
            var value = (string?)Take(members, name);
            ArgumentException.ThrowIfNullOrEmpty(value, name);
            request.AddPathResource($"{{{name}}}", value);
        }

        foreach (var (name, member) in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('='))
            .Select(s => (s[0], s[1].Trim('{', '}'))))
        {
            if (Take(members, member) is { } value)
            {
                AddQuery(request, name, value);
            }
        }

        if (Method is not ("GET" or "DELETE"))
        {
            foreach (var (name, value) in Headers)
            {
                request.Headers[name] = value;
            }

            request.Content = Payload is null
                ? JsonSerializer.SerializeToUtf8Bytes(members, Json)
                : Encoding.UTF8.GetBytes((string?)members[Payload] ?? "");
        }

        return request;
    }

    private static void AddQuery(DefaultRequest request, string name, JsonNode value)
    {
        if (value is JsonArray list)
        {
            request.ParameterCollection.Add(name, [.. list.Select(v => v!.ToString())]);
        }
        else
        {
            request.Parameters.Add(name, value.ToString());
        }
    }

    private static JsonNode? Take(JsonObject members, string name)
    {
        var value = members[name];
        members.Remove(name);
        return value;
    }
}
