using System.Text.Json.Nodes;

namespace CmEtl.Aws.Tests;

/// <summary>A function that answers like CmEtl's, keeps a small ledger, and fails where the test requires it.</summary>
internal sealed class PipelineStub(int chunks = 4)
{
    private readonly HashSet<int> _done = [];
    private readonly Lock _lock = new();

    /// <summary>The id of the run. A resumed run's id differs from the execution's.</summary>
    public string? RunId { get; init; }

    /// <summary>Called before every action; may throw.</summary>
    public Action<JsonNode> Before { get; set; } = _ => { };

    /// <summary>A stub whose action fails while the condition holds.</summary>
    public static PipelineStub Failing(string action, Func<bool> when, string error, int status = 200) => new()
    {
        Before = call =>
        {
            if ((string?)call["action"] == action && when())
            {
                throw new StubError(error, "As the test ordered.", status);
            }
        },
    };

    public JsonNode? Answer(JsonNode call)
    {
        Before(call);
        lock (_lock)
        {
            return (string)call["action"]! switch
            {
                "validate_config" => new JsonObject { ["status"] = "success", ["run_id"] = RunId ?? (string)call["run_id"]!, ["noise"] = new string('x', 1000) },
                "task_01" => new JsonObject { ["status"] = "success" },
                "task_02" => All(),
                "get_task02_chunks" => Plan(call),
                "process_task02_chunk" => new JsonObject { ["status"] = _done.Add((int)call["chunk_id"]!) ? "success" : "skipped" },
                "verify_run" => Verify(call),
                var other => throw new StubError("CmEtl.Permanent", $"No action {other}"),
            };
        }
    }

    /// <summary>Called with the event and the content of its manifest.</summary>
    public Action<JsonNode, JsonArray> WriteManifest { get; set; } = (_, _) => { };

    private JsonObject Plan(JsonNode call)
    {
        WriteManifest(call, new JsonArray([.. Left().Select(c => new JsonObject { ["chunk_id"] = c })]));
        return new() { ["total_rows"] = 100, ["num_chunks"] = Left().Length, ["planned_chunks"] = chunks, ["chunk_ids"] = new JsonArray([.. Left()]) };
    }

    private JsonNode[] Left() => [.. Enumerable.Range(0, chunks).Where(c => !_done.Contains(c)).Select(c => (JsonNode)c)];

    private JsonObject All()
    {
        _done.UnionWith(Enumerable.Range(0, chunks));
        return new() { ["status"] = "success" };
    }

    /// <summary>A redrive after the run was begun requests another round. Otherwise open chunks are an error.</summary>
    private JsonObject Verify(JsonNode call) => Left() is not { Length: > 0 } left ? new() { ["status"] = "success" }
        : (int)call["redrive_count"]! > (int)call["begun_redrive_count"]! ? new() { ["status"] = "unfinished" }
        : throw new StubError("CmEtl.Permanent", $"Failed chunks: {string.Join(", ", left.Select(c => c.ToJsonString()))}");
}
