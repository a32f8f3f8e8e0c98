using System.Text.Json;
using CmEtl.Engine;

namespace CmEtl.Lambda.Tests;

/// <summary>A whole run through the function gives the result of a run in process.</summary>
[Collection(SharedServer.Name)]
public sealed class PipelineTests(DataServer server)
{
    [Fact]
    public async Task A_chunked_run_action_by_action_equals_a_run_in_process()
    {
        await using var world = await World.StartAsync(server);

        var begun = await world.CallAsync(new { action = "validate_config", run_id = "night-1", phase = "chunked" });
        Assert.Equal(("night-1", "running", false),
            (begun.GetProperty("run_id").GetString(), begun.GetProperty("state").GetString(), begun.GetProperty("resumed").GetBoolean()));
        var task01 = await world.CallAsync(new { action = "task_01", run_id = "night-1" });
        Assert.True(task01.GetProperty("snapshot_rows").GetInt64() > 0);
        var plan = await world.CallAsync(new { action = "get_task02_chunks", run_id = "night-1" });
        var ids = plan.GetProperty("chunk_ids").EnumerateArray().Select(c => c.GetInt32()).ToList();
        Assert.Equal(plan.GetProperty("num_chunks").GetInt32(), ids.Count);
        Assert.True(ids.Count > 3 && ids[0] == 0);
        foreach (var group in ids.Chunk(3))
        {
            await Task.WhenAll(group.Select(id => world.ChunkAsync("night-1", id)));
        }

        var verified = await world.CallAsync(new { action = "verify_run", run_id = "night-1" });

        Assert.Equal("completed", verified.GetProperty("state").GetString());
        Assert.True(verified.GetProperty("sweep_safe").GetBoolean());
        Assert.Equal(plan.GetProperty("total_rows").GetInt64(), verified.GetProperty("rows_planned").GetInt64());
        Assert.Equal(await server.InProcessAsync(Phase.Chunked), await world.TableAsync());
        Assert.InRange(world.Host.Sandboxes.Count, 2, 3);
        AssertLogged(world, ids.Count);
    }

    [Fact]
    public async Task A_sequential_run_needs_no_chunk_calls_and_may_be_repeated()
    {
        await using var world = await World.StartAsync(server);
        await world.CallAsync(new { action = "validate_config", run_id = "seq", phase = "sequential" });
        await world.CallAsync(new { action = "task_01", run_id = "seq" });

        var first = await world.CallAsync(new { action = "task_02", run_id = "seq" });
        var table = await world.TableAsync();
        var again = await world.CallAsync(new { action = "task_02", run_id = "seq" });

        Assert.Equal(1, first.GetProperty("num_chunks").GetInt32());
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(await server.InProcessAsync(Phase.Sequential), table);
        Assert.Equal(table, await world.TableAsync());
    }

    [Fact]
    public async Task Duplicate_and_out_of_order_invocations_change_nothing_twice()
    {
        await using var world = await World.StartAsync(server);
        var ids = await world.PrepareAsync("dup");
        Assert.Equal(ids, await world.PrepareAsync("dup"));
        Assert.True((await world.CallAsync(new { action = "task_01", run_id = "dup" })).GetProperty("skipped").GetBoolean());

        var early = await world.FailAsync("CmEtl.Permanent", new { action = "process_task02_chunk", run_id = "dup", chunk_id = 99_999 });
        Assert.Contains("no chunk 99999", early, StringComparison.Ordinal);
        var first = new Dictionary<int, JsonElement>();
        foreach (var id in ids.Reverse())
        {
            first[id] = await world.ChunkAsync("dup", id);
        }

        var table = await world.TableAsync();
        foreach (var id in ids)
        {
            var second = await world.ChunkAsync("dup", id);
            Assert.True(second.GetProperty("skipped").GetBoolean());
            Assert.False(first[id].GetProperty("skipped").GetBoolean());
            Assert.Equal(first[id].GetProperty("rows_updated").GetInt64(), second.GetProperty("rows_updated").GetInt64());
        }

        Assert.Equal(table, await world.TableAsync());
        var verified = await world.CallAsync(new { action = "verify_run", run_id = "dup" });
        Assert.Equal(verified.GetRawText(), (await world.CallAsync(new { action = "verify_run", run_id = "dup" })).GetRawText());
        Assert.Equal(await server.InProcessAsync(Phase.Chunked), table);
    }

    [Fact]
    public async Task The_same_chunk_twice_at_once_is_done_once()
    {
        await using var world = await World.StartAsync(server);
        await world.PrepareAsync("twice");
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            world.Host.InvokeAsync(new { action = "process_task02_chunk", run_id = "twice", chunk_id = 0 })));

        var worked = results.Where(r => r.FunctionError is null && !r.Json.GetProperty("skipped").GetBoolean());
        Assert.Single(worked);
        Assert.All(results.Where(r => r.FunctionError is not null), r => World.Message("CmEtl.Busy", r));
    }

    [Fact]
    public async Task An_unfinished_run_is_resumed_under_its_own_name()
    {
        await using var world = await World.StartAsync(server);
        var ids = await world.PrepareAsync("monday");
        await world.ChunkAsync("monday", 0);
        await world.FailAsync("CmEtl.Busy", new { action = "validate_config", run_id = "tuesday" });
        await world.WaitForLeasesAsync();

        var begun = await world.CallAsync(new { action = "validate_config", run_id = "tuesday" });

        Assert.Equal(("monday", true), (begun.GetProperty("run_id").GetString(), begun.GetProperty("resumed").GetBoolean()));
        Assert.Equal(ids.Skip(1), await world.ChunksAsync("monday"));
    }

    [Fact]
    public async Task The_input_of_an_execution_can_request_a_new_run_once()
    {
        await using var world = await World.StartAsync(server);
        await world.PrepareAsync("old");
        await world.WaitForLeasesAsync();
        var start = new { action = "validate_config", run_id = "new", input = new { @new = true, source = "a schedule" } };

        var begun = await world.CallAsync(start);
        await world.CallAsync(new { action = "task_01", run_id = "new" });
        var few = await world.ChunksAsync("new");
        var retried = await world.CallAsync(start);

        Assert.Equal(("new", false), (begun.GetProperty("run_id").GetString(), begun.GetProperty("resumed").GetBoolean()));
        Assert.Equal("new", retried.GetProperty("run_id").GetString());
        Assert.Equal(few, await world.ChunksAsync("new"));
    }

    [Fact]
    public async Task The_chunk_size_of_the_event_goes_before_that_of_the_settings()
    {
        await using var world = await World.StartAsync(server);
        await world.CallAsync(new { action = "validate_config", run_id = "one" });

        var plan = await world.CallAsync(new { action = "get_task02_chunks", run_id = "one", target_chunk_size = 1_000_000 });

        Assert.Single(plan.GetProperty("chunk_ids").EnumerateArray());
        Assert.Contains("target_chunk_size", await world.FailAsync(
            "CmEtl.Permanent", new { action = "get_task02_chunks", run_id = "one", target_chunk_size = 0 }), StringComparison.Ordinal);
    }

    private static void AssertLogged(World world, int chunks)
    {
        var lines = world.Host.Log.Select(l => JsonDocument.Parse(l).RootElement).Where(l => !l.TryGetProperty("_aws", out _)).ToList();
        Assert.All(lines, l => Assert.True(l.TryGetProperty("timestamp", out _) && l.TryGetProperty("level", out _) && l.TryGetProperty("message", out _)));
        foreach (var pattern in (string[])[@"^Chunk \d+: \d+ estimated rows, \d+ dates, \d+ SSNs$", @"^Chunk \d+: Marked \d+ rows", @"^Chunk \d+: Updated \d+ rows in [\d.]+ seconds$"])
        {
            var found = lines.Where(l => System.Text.RegularExpressions.Regex.IsMatch(l.GetProperty("message").GetString()!, pattern)).ToList();
            Assert.Equal(chunks, found.Count);
            Assert.All(found, l => Assert.Equal("night-1", l.GetProperty("run_id").GetString()));
            Assert.Equal(Enumerable.Range(0, chunks), found.Select(l => l.GetProperty("chunk_id").GetInt32()).Order());
        }
    }
}
