using System.Text.Json;
using CmEtl.Engine;

namespace CmEtl.Aws.Lambda;

/// <summary>One chunk done by the function instead of by this computer.</summary>
public sealed class RemoteChunk(ILambda lambda)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Processes a chunk.</summary>
    /// <param name="functionName">Name or ARN, with or without a version or an alias.</param>
    /// <param name="runId">The run.</param>
    /// <param name="chunkId">The chunk.</param>
    /// <param name="cancel">Ends the wait, not the function.</param>
    /// <exception cref="CmEtlException">What the function threw, as it would have been thrown here.</exception>
    public async Task<ChunkResult> ProcessAsync(string functionName, string runId, int chunkId, CancellationToken cancel)
    {
        var payload = JsonSerializer.Serialize(new { action = "process_task02_chunk", run_id = runId, chunk_id = chunkId });
        var answer = await lambda.InvokeAsync(new() { FunctionName = functionName, Payload = payload }, cancel);
        if (answer.FunctionError is not null)
        {
            throw Thrown(functionName, answer.Payload);
        }

        var reply = JsonSerializer.Deserialize<Reply>(answer.Payload!, Json)!;
        return new ChunkResult
        {
            RunId = reply.RunId,
            ChunkId = reply.ChunkId,
            Skipped = reply.Skipped,
            RowsMarked = reply.RowsMarked,
            RowsClaimed = reply.RowsUpdated + reply.RowsUnconfirmed + reply.RowsDeferred,
            RowsConfirmed = reply.RowsUpdated,
            RowsUnconfirmed = reply.RowsUnconfirmed,
            RowsDeferred = reply.RowsDeferred,
            Duration = TimeSpan.FromSeconds(reply.DurationSeconds),
        };
    }

    private static CmEtlException Thrown(string functionName, string? payload)
    {
        var error = JsonSerializer.Deserialize<FunctionFault>(payload ?? "{}", JsonSerializerOptions.Web) ?? new FunctionFault(null, null);
        // A function that was killed, or another function, throws names that are none of ours.
        var kind = error.ErrorType?.Split('.') is ["CmEtl", var name] && Enum.TryParse<ErrorKind>(name, out var known) ? known : ErrorKind.Transient;
        return new CmEtlException(
            kind, ErrorIds.RemoteChunkFailed, $"{functionName}: {error.ErrorMessage ?? "the function failed without a word"}",
            "Get-CmEtlStatus -Detailed tells where the chunk stands; its log tells the rest.") { Subject = functionName };
    }

    private sealed record FunctionFault(string? ErrorType, string? ErrorMessage);

    private sealed record Reply(
        string RunId, int ChunkId, bool Skipped, long RowsMarked, long RowsUpdated, long RowsUnconfirmed, long RowsDeferred, double DurationSeconds);
}
