using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace CmEtl.Aws;

/// <summary>Reads an answer whole; makes an error of an error answer.</summary>
internal sealed class ReplyUnmarshaller : JsonResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new ServiceReply
    {
        Body = Read(input),
        Headers = input.ResponseData.GetHeaderNames().ToDictionary(
            n => n, input.ResponseData.GetHeaderValue, StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>
    /// The name of an error is in a header (REST JSON) or in the body's __type (AWS JSON), with a
    /// namespace before or an address behind:
    /// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization.
    /// </summary>
    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var body = Read(input);
        var code = input.ResponseData.IsHeaderPresent("x-amzn-ErrorType") ? input.ResponseData.GetHeaderValue("x-amzn-ErrorType") : null;
        string? message = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name is "__type" or "code")
                {
                    code ??= property.Value.ToString();
                }
                else if (property.NameEquals("message") || property.NameEquals("Message"))
                {
                    message = property.Value.ToString();
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A proxy's error page: the status says all there is.
        }

        code = code?.Split(':')[0].Split('#')[^1] ?? statusCode.ToString();
        var request = input.ResponseData.IsHeaderPresent("x-amzn-RequestId") ? input.ResponseData.GetHeaderValue("x-amzn-RequestId") : null;
        var type = (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonServiceException(message ?? $"{code} ({(int)statusCode})", innerException, type, code, request, statusCode);
    }

    private static byte[] Read(JsonUnmarshallerContext input)
    {
        using var copy = new MemoryStream();
        input.Stream.CopyTo(copy);
        return copy.ToArray();
    }
}
