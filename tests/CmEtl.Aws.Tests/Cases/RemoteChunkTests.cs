using System.Text.Json.Nodes;
using CmEtl.Aws.Lambda;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

/// <summary>The response of a function is a chunk's result with all counts, or an error.</summary>
public sealed class RemoteChunkTests
{
    private static JsonObject Reply => new()
    {
        ["run_id"] = "night-1", ["chunk_id"] = 7, ["skipped"] = false, ["attempt"] = 2, ["rows_marked"] = 10, ["rows_claimed"] = 12,
        ["rows_updated"] = 5, ["rows_unchanged"] = 1, ["rows_unconfirmed"] = 4, ["rows_doubtful"] = 2, ["rows_deferred"] = 3, ["gps_rejects"] = 8,
        ["unusable_values"] = 6, ["width_cuts"] = 9, ["duration_seconds"] = 1.5, ["throughput_rows_per_sec"] = 3.3, ["status"] = "success",
    };

    [Fact]
    public async Task All_counts_come_back()
    {
        var result = await CallAsync(Reply);
        Assert.Equal(
            new ChunkResult
            {
                RunId = "night-1", ChunkId = 7, Attempt = 2, RowsMarked = 10, RowsClaimed = 12, RowsConfirmed = 5, RowsUnchanged = 1,
                RowsUnconfirmed = 4, RowsDoubtful = 2, RowsDeferred = 3, GpsRejects = 8, UnusableValues = 6, WidthCuts = 9,
                Duration = TimeSpan.FromSeconds(1.5),
            },
            result);
    }

    public static TheoryData<string, string?> Others => new()
    {
        { "run_id", "\"other\"" }, { "run_id", "null" }, { "run_id", null }, { "chunk_id", "8" }, { "chunk_id", "\"7\"" }, { "rows_updated", null }, { "status", "\"more_chunks\"" },
        { "duration_seconds", "true" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task An_answer_that_is_not_this_chunk_s_is_an_error(string member, string? value)
    {
        var reply = Reply;
        reply.Remove(member);
        if (value is not null)
        {
            reply[member] = JsonNode.Parse(value);
        }

        var error = await Assert.ThrowsAsync<CmEtlException>(() => CallAsync(reply));
        Assert.Equal((ErrorIds.UnexpectedReply, "cm-etl"), (error.ErrorId, error.Subject));
    }

    [Fact]
    public async Task Errors_of_the_function_keep_their_kind()
    {
        var error = await Assert.ThrowsAsync<CmEtlException>(() => CallAsync(() => throw new StubError("CmEtl.Busy", "Chunk 7 is in work.")));
        Assert.Equal((ErrorKind.Busy, ErrorIds.RemoteChunkFailed, "cm-etl: Chunk 7 is in work."), (error.Kind, error.ErrorId, error.Message));
    }

    private static Task<ChunkResult> CallAsync(JsonObject reply) => CallAsync(() => reply);

    private static async Task<ChunkResult> CallAsync(Func<JsonObject> answer)
    {
        await using var stub = new StubLambda(_ => answer());
        using var client = Bench.NewLambda(stub.Url);
        return await new RemoteChunk(client).ProcessAsync("cm-etl", "night-1", 7, default);
    }
}
