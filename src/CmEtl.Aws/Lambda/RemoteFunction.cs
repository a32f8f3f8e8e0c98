using System.Text.Json;
using Amazon.Lambda;
using CmEtl.Engine;

namespace CmEtl.Aws.Lambda;

/// <summary>Calls the pipeline's function and distinguishes its errors from Lambda's.</summary>
internal static class RemoteFunction
{
    /// <summary>Invokes the function and waits for the reply.</summary>
    /// <param name="lambda">The Lambda client.</param>
    /// <param name="functionName">Name or ARN, with or without a version or an alias.</param>
    /// <param name="payload">The event, which is serialized as JSON.</param>
    /// <param name="errorId">Error id for errors that the function throws.</param>
    /// <param name="remedy">Remedy for such an error.</param>
    /// <param name="cancel">Cancels the wait, not the function.</param>
    /// <returns>The body and the HTTP status of the reply.</returns>
    /// <exception cref="CmEtlException">The function threw an error.</exception>
    public static async Task<(byte[] Body, int? Status)> CallAsync(
        IAmazonLambda lambda, string functionName, object payload, string errorId, string remedy, CancellationToken cancel)
    {
        var answer = await lambda.InvokeAsync(new() { FunctionName = functionName, Payload = JsonSerializer.Serialize(payload) }, cancel);
        var body = answer.Payload?.ToArray() ?? [];
        if (string.IsNullOrEmpty(answer.FunctionError))
        {
            return (body, answer.StatusCode);
        }

        var (type, message) = ReadFault(body);
        // A function that was killed, or that is not CmEtl's, has other error names.
        var kind = type?.Split('.') is ["CmEtl", var name] && Enum.TryParse<ErrorKind>(name, out var known) ? known : ErrorKind.Transient;
        var reason = message ?? "the function failed and returned no error message";
        throw new CmEtlException(kind, errorId, $"{functionName}: {reason}", remedy) { Subject = functionName };
    }

    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-sync.html
    private static (string? Type, string? Message) ReadFault(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            return (Text(root, "errorType"), Text(root, "errorMessage"));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
