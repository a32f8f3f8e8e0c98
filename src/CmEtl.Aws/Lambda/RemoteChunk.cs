using System.Text.Json;
using Amazon.Lambda;
using CmEtl.Engine;
using CmEtl.Lambda;

namespace CmEtl.Aws.Lambda;

/// <summary>Processes one chunk in the function instead of on this computer.</summary>
public sealed class RemoteChunk(IAmazonLambda lambda)
{
    /// <summary>Processes a chunk.</summary>
    /// <param name="functionName">Name or ARN, with or without a version or an alias.</param>
    /// <param name="runId">The run.</param>
    /// <param name="chunkId">The chunk.</param>
    /// <param name="cancel">Ends the wait, not the function.</param>
    /// <exception cref="CmEtlException">What the function threw, or <see cref="ErrorIds.UnexpectedReply"/> when its answer is not a chunk's.</exception>
    public async Task<ChunkResult> ProcessAsync(string functionName, string runId, int chunkId, CancellationToken cancel)
    {
        var payload = JsonSerializer.Serialize(new { action = "process_task02_chunk", run_id = runId, chunk_id = chunkId });
        var answer = await lambda.InvokeAsync(new() { FunctionName = functionName, Payload = payload }, cancel);
        var body = answer.Payload?.ToArray() ?? [];
        if (!string.IsNullOrEmpty(answer.FunctionError))
        {
            throw Thrown(functionName, body);
        }

        return ChunkReply.Read(body) is { } reply && reply.RunId == runId && reply.ChunkId == chunkId
            ? reply.ToResult()
            : throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.UnexpectedReply,
                $"The answer of {functionName} is not the result of chunk {chunkId} of {runId}: {body.Length} bytes with HTTP status {answer.StatusCode}.",
                "Name the function that Publish-CmLambda published. Get-CmEtlStatus -Detailed shows whether the chunk is done.") { Subject = functionName };
    }

    private static CmEtlException Thrown(string functionName, byte[] payload)
    {
        var (type, message) = ReadFault(payload);
        // A function that was killed, or another function, throws other names.
        var kind = type?.Split('.') is ["CmEtl", var name] && Enum.TryParse<ErrorKind>(name, out var known) ? known : ErrorKind.Transient;
        var reason = message ?? "the function failed and returned no error message";
        return new CmEtlException(
            kind, ErrorIds.RemoteChunkFailed, $"{functionName}: {reason}",
            "Get-CmEtlStatus -Detailed shows the state of the chunk. The function's log has the details.") { Subject = functionName };
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
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
