using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using CmEtl.Engine;

namespace CmEtl.Aws.Client;

/// <summary>Reads the reply of an operation and converts an error to an exception.</summary>
internal partial class ServiceReply<T>(ServiceOperation operation) : JsonResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    public sealed override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var body = Read(input);
        try
        {
            return Read(input.ResponseData, body);
        }
        catch (JsonException error)
        {
            throw Unexpected(input, body, error.Path is null or "$" ? "" : $" at {error.Path}");
        }
    }

    /// <summary>
    /// The name of an error is in a header (REST JSON) or in the body's __type (AWS JSON), possibly after a namespace or before an address:
    /// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization.
    /// </summary>
    public sealed override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException,
        HttpStatusCode statusCode)
    {
        var body = Read(input);
        var (code, message) = ReadError(body);
        code = (Header(input.ResponseData, "x-amzn-ErrorType") ?? code)?.Split(':')[0].Split('#')[^1];
        var type = (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        return code is not null && ErrorCode().IsMatch(code)
            ? new AmazonServiceException(message ?? code, innerException, type, code, Header(input.ResponseData, "x-amzn-RequestId"), statusCode)
            : new AmazonServiceException(Describe(input, body, ""), innerException, type, ErrorIds.UnexpectedReply, null, statusCode);
    }

    /// <summary>Reads the response from a complete body.</summary>
    protected virtual T Read(IWebResponseData response, byte[] body) => body.Length == 0
        ? JsonSerializer.Deserialize<T>("{}"u8, operation.Json)!
        : JsonSerializer.Deserialize<T>(body, operation.Json) ?? throw new JsonException();

    protected static string? Header(IWebResponseData response, string name) =>
        response.IsHeaderPresent(name) ? response.GetHeaderValue(name) : null;

    private static byte[] Read(JsonUnmarshallerContext input)
    {
        using var copy = new MemoryStream();
        input.Stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static (string? Code, string? Message) ReadError(byte[] body)
    {
        string? code = null, message = null;
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
            // For example the error page of a proxy.
        }

        return (code, message);
    }

    private CmEtlException Unexpected(JsonUnmarshallerContext input, byte[] body, string where) =>
        new(ErrorKind.Transient, ErrorIds.UnexpectedReply, Describe(input, body, where), ServiceErrors.CheckTheWay);

    // The body is not shown, because its content is unknown.
    private string Describe(JsonUnmarshallerContext input, byte[] body, string where)
    {
        var response = input.ResponseData;
        var what = body.Length == 0 ? "an empty body"
            : $"{body.Length} bytes of {PlainText.Printable(response.ContentType ?? "no content type")}{where}";
        var to = Uri.TryCreate(Header(response, "Location"), UriKind.Absolute, out var location) ? $", a redirect to {location.Host}" : "";
        return $"The reply to {operation.Name} is not from {operation.Service}: HTTP status {(int)response.StatusCode}{to}, {what}.";
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9.]{2,99}$")]
    private static partial Regex ErrorCode();
}
