using Amazon.Lambda;
using CmEtl.Engine;
using CmEtl.Lambda;

namespace CmEtl.Aws.Lambda;

/// <summary>Processes a chunk in the Lambda function.</summary>
public sealed class RemoteChunk(IAmazonLambda lambda)
{
    /// <summary>Processes a chunk.</summary>
    /// <param name="functionName">Name or ARN, with or without a version or an alias.</param>
    /// <param name="runId">Id of the run.</param>
    /// <param name="chunkId">Number of the chunk.</param>
    /// <param name="cancel">Cancels the wait, not the function.</param>
    /// <exception cref="CmEtlException">The function failed, or its reply is not the result of a chunk
    /// (<see cref="ErrorIds.UnexpectedReply"/>).</exception>
    public async Task<ChunkResult> ProcessAsync(string functionName, string runId, int chunkId, CancellationToken cancel)
    {
        var (body, status) = await RemoteFunction.CallAsync(
            lambda, functionName, new { action = "process_task02_chunk", run_id = runId, chunk_id = chunkId }, ErrorIds.RemoteChunkFailed,
            "Get-CmEtlStatus -Detailed shows the state of the chunk. The function's log has the details.", cancel);
        return ChunkReply.Read(body) is { } reply && reply.RunId == runId && reply.ChunkId == chunkId
            ? reply.ToResult()
            : throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.UnexpectedReply,
                $"The reply of {functionName} is not the result of chunk {chunkId} of {runId}: {body.Length} bytes with HTTP status {status}.",
                "Name the function that Publish-CmLambda published. Get-CmEtlStatus -Detailed shows whether the chunk is done.") { Subject = functionName };
    }
}
