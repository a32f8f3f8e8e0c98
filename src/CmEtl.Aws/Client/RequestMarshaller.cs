using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CmEtl.Aws;

/// <summary>Hands a <see cref="ServiceRequest"/> to the pipeline. It is called again for every retry.</summary>
internal sealed class RequestMarshaller(string service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var source = (ServiceRequest)input;
        var request = new DefaultRequest(source, service) { HttpMethod = source.Method, ResourcePath = source.Path, Content = source.Body };
        foreach (var (name, value) in source.Headers)
        {
            request.Headers[name] = value;
        }

        foreach (var (name, value) in source.PathValues)
        {
            request.AddPathResource($"{{{name}}}", value);
        }

        foreach (var (name, value) in source.Query)
        {
            request.Parameters.Add(name, value);
        }

        // Otherwise the SDK would send the query as a form in the body.
        request.UseQueryString = source.Query.Count > 0;
        return request;
    }
}
