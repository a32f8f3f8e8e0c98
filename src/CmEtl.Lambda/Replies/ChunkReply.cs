using System.Text.Json;
using System.Text.Json.Serialization;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// The reply to <c>process_task02_chunk</c>. Skipped if the chunk was already done. The counts are then the stored ones. CmEtl.Aws also
/// compiles this file, to read the reply.
/// </summary>
internal sealed record ChunkReply(
    string RunId, int ChunkId, bool Skipped, long RowsMarked, double DurationSeconds, string Status = ChunkReply.Success) : RowCounts
{
    private const string Success = "success";

    private const int MillisecondDigits = 3;

    public int Attempt { get; init; }

    /// <summary>Null from a function of an older version, whose reply does not have it.</summary>
    public long? RowsClaimed { get; init; }

    public double ThroughputRowsPerSec { get; init; }

    public static ChunkReply From(ChunkResult result) => Add(
        new ChunkReply(
            result.RunId, result.ChunkId, result.Skipped, result.RowsMarked,
            Math.Round(result.Duration.TotalSeconds, MillisecondDigits))
        {
            Attempt = result.Attempt,
            RowsClaimed = result.RowsClaimed,
            ThroughputRowsPerSec = Math.Round(result.RowsPerSecond, 1),
        },
        result);

    /// <summary>Reads the reply of a function. Null if the bytes are not such a reply.</summary>
    public static ChunkReply? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ChunkReplyJson.Default.ChunkReply) is { Status: Success } reply ? reply : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public ChunkResult ToResult() => Add(
        new ChunkResult
        {
            RunId = RunId,
            ChunkId = ChunkId,
            Skipped = Skipped,
            Attempt = Attempt,
            RowsMarked = RowsMarked,
            RowsClaimed = RowsClaimed ?? RowsConfirmed + RowsUnconfirmed + RowsDeferred,
            Duration = TimeSpan.FromSeconds(DurationSeconds),
        },
        this);
}

/// <summary>Serialization without reflection. Members that every reply has are required.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ChunkReply))]
internal sealed partial class ChunkReplyJson : JsonSerializerContext;
