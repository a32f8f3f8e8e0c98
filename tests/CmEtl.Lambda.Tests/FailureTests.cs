using System.Diagnostics;

namespace CmEtl.Lambda.Tests;

/// <summary>Killed, timed out or told to stop: no row is lost, none is updated twice, and the next invocation continues.</summary>
[Collection(SharedServer.Name)]
public sealed class FailureTests(DataServer server)
{
    // Work ends long before the deadline, so that a busy machine has time to roll back and to reply.
    private static readonly (string Name, string Value) Margin = ("CMETL_DEADLINE_MARGIN_SECONDS", "6");

    [Fact]
    public async Task Killed_in_a_chunk_and_retried()
    {
        await using var world = await World.StartAsync(server);
        var ids = await world.PrepareAsync("killed");
        var before = await world.TableAsync();
        await using (await world.BlockAsync())
        {
            var chunk = world.Host.InvokeAsync(new { action = "process_task02_chunk", run_id = "killed", chunk_id = 0 });
            await world.WaitForBlockedAsync();
            world.Host.Sandboxes.Single(s => s.Alive).Kill();
            World.Message("Runtime.ExitError", await chunk);

            // The server notices by itself that the client is gone.
            await world.WaitForBlockedAsync(0);
            Assert.Equal(before, await world.TableAsync());
        }

        await world.WaitForLeasesAsync();
        foreach (var id in ids)
        {
            await world.ChunkAsync("killed", id);
        }

        var verified = await world.CallAsync(new { action = "verify_run", run_id = "killed" });
        Assert.Equal(verified.GetProperty("rows_planned").GetInt64(), Sum(verified));
        Assert.Equal(2, world.Host.Sandboxes.Count);
    }

    [Fact]
    public async Task Killed_and_retried_while_its_query_still_runs()
    {
        await using var world = await World.StartAsync(server);
        var ids = await world.PrepareAsync("twice");
        await world.CountUpdatesAsync();
        await using (await world.BlockAsync())
        {
            var chunk = world.Host.InvokeAsync(new { action = "process_task02_chunk", run_id = "twice", chunk_id = 0 });
            await world.WaitForBlockedAsync();
            world.Host.Sandboxes.Single(s => s.Alive).Kill();
            World.Message("Runtime.ExitError", await chunk);

            // Lambda and the state machine send the same event again immediately.
            await world.FailAsync("CmEtl.Busy", new { action = "process_task02_chunk", run_id = "twice", chunk_id = 0 });
        }

        await world.WaitForLeasesAsync();
        foreach (var id in ids)
        {
            await world.ChunkAsync("twice", id);
        }

        var verified = await world.CallAsync(new { action = "verify_run", run_id = "twice" });
        Assert.Equal(verified.GetProperty("rows_planned").GetInt64(), Sum(verified));
        Assert.Equal(verified.GetProperty("rows_updated").GetInt64(), await world.UpdatesAsync());
        Assert.Equal(0, await world.DoubledAsync());
    }

    [Fact]
    public async Task Out_of_time_is_transient_rolled_back_and_answered_before_the_deadline()
    {
        await using var world = await World.StartAsync(server, timeoutSeconds: 10, environment: Margin);
        await world.PrepareAsync("slow");
        var before = await world.TableAsync();
        await using (await world.BlockAsync())
        {
            var watch = Stopwatch.StartNew();
            var message = await world.FailAsync("CmEtl.Transient", new { action = "process_task02_chunk", run_id = "slow", chunk_id = 0 });
            Assert.Contains("ran out of time. The chunk was rolled back", message, StringComparison.Ordinal);
            Assert.InRange(watch.Elapsed.TotalSeconds, 3.5, 9.9);
            Assert.Equal(0, await world.BlockedAsync());
            Assert.Equal(before, await world.TableAsync());
        }

        var retried = await world.ChunkAsync("slow", 0);
        Assert.False(retried.GetProperty("skipped").GetBoolean());
        Assert.Single(world.Host.Sandboxes);
    }

    [Fact]
    public async Task Task_02_continues_after_a_timeout()
    {
        await using var world = await World.StartAsync(server, timeoutSeconds: 12, environment: Margin);
        var ids = await world.PrepareAsync("long");
        await world.ChunkAsync("long", ids[^1]);
        await using (await world.BlockAsync())
        {
            await world.FailAsync("CmEtl.Transient", new { action = "task_02", run_id = "long" });
        }

        var done = await world.CallAsync(new { action = "task_02", run_id = "long" });
        // The chunk that timed out was split.
        Assert.Equal(ids.Length + 1, done.GetProperty("num_chunks").GetInt32());
    }

    [Fact]
    public async Task A_timeout_within_the_margin_does_not_begin_anything()
    {
        await using var world = await World.StartAsync(server, timeoutSeconds: 5, environment: ("CMETL_DEADLINE_MARGIN_SECONDS", "10"));

        Assert.Contains("margin", await world.FailAsync("CmEtl.Transient", new { action = "test_postgres" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_ends_an_idle_and_a_busy_function_cleanly()
    {
        await using var world = await World.StartAsync(server);
        await world.CallAsync(new { action = "test_postgres" });
        Assert.Equal(0, await Assert.Single(world.Host.Sandboxes).StopAsync());

        await world.PrepareAsync("stopped");
        await using (await world.BlockAsync())
        {
            var chunk = world.Host.InvokeAsync(new { action = "process_task02_chunk", run_id = "stopped", chunk_id = 0 });
            await world.WaitForBlockedAsync();
            Assert.Equal(0, await world.Host.Sandboxes.Single(s => s.Alive).StopAsync());
            World.Message("CmEtl.Transient", await chunk);
            Assert.Equal(0, await world.BlockedAsync());
        }

        await world.ChunkAsync("stopped", 0);
    }

    [Fact]
    public async Task The_host_kills_at_the_deadline_throttles_and_speaks_invoke()
    {
        await using var world = await World.StartAsync(server, timeoutSeconds: 30, concurrency: 1);
        using var client = new HttpClient { BaseAddress = world.Host.Endpoint };
        using var fine = await PostAsync("cm-etl", """{"action":"test_postgres"}""");
        Assert.Equal(200, (int)fine.StatusCode);
        Assert.False(fine.Headers.Contains("X-Amz-Function-Error"));
        using var failed = await PostAsync("arn:aws:lambda:us-east-1:123456789012:function:cm-etl", """{"action":"none"}""");
        Assert.Equal(["Unhandled"], failed.Headers.GetValues("X-Amz-Function-Error"));
        using var missing = await PostAsync("other", "{}");
        Assert.Equal(404, (int)missing.StatusCode);

        await world.PrepareAsync("busy");
        await using (await world.BlockAsync())
        {
            var chunk = world.Host.InvokeAsync(new { action = "process_task02_chunk", run_id = "busy", chunk_id = 0 });
            await world.WaitForBlockedAsync();
            using var throttled = await PostAsync("cm-etl", """{"action":"test_postgres"}""");
            Assert.Equal(429, (int)throttled.StatusCode);
            world.Host.Sandboxes.Single(s => s.Alive).Kill();
            await chunk;
        }

        Task<HttpResponseMessage> PostAsync(string name, string json) =>
            client.PostAsync($"2015-03-31/functions/{Uri.EscapeDataString(name)}/invocations", new StringContent(json));
    }

    [Fact]
    public async Task A_function_that_never_answers_is_killed_at_the_deadline()
    {
        await using var world = await World.StartAsync(server, timeoutSeconds: 8);
        await world.CallAsync(new { action = "test_postgres" });
        var sandbox = Assert.Single(world.Host.Sandboxes);
        using (var stop = Process.Start("kill", ["-STOP", $"{sandbox.ProcessId}"]))
        {
            await stop.WaitForExitAsync();
        }

        World.Message("Sandbox.Timedout", await world.Host.InvokeAsync(new { action = "test_postgres" }));

        await world.CallAsync(new { action = "test_postgres" });
        Assert.Equal(2, world.Host.Sandboxes.Count);
    }

    private static long Sum(System.Text.Json.JsonElement run) =>
        run.GetProperty("rows_updated").GetInt64() + run.GetProperty("rows_unconfirmed").GetInt64() + run.GetProperty("rows_deferred").GetInt64()
        - run.GetProperty("rows_drift").GetInt64();
}
