using System.Text;
using System.Text.Json;

namespace CmEtl.Lambda.Tests;

/// <summary>
/// Every failure is thrown with a type that Retry and Catch can distinguish, and says what is wrong without repeating a value.
/// </summary>
[Collection(SharedServer.Name)]
public sealed class ErrorTests(DataServer server)
{
    [Fact]
    public async Task A_wrong_event_is_permanent_and_names_the_field()
    {
        await using var world = await World.StartAsync(server);
        var ssn = server.Ssns.First();
        foreach (var (json, field) in new (string, string)[]
        {
            ("""{"action":"no_such"}""", "action"), ("""{"run_id":"x"}""", "action"), ("""{"action":7}""", "action"), ("""{"action":null}""", "action"),
            ("""{"action":"task_01"}""", "run_id"), ("""{"action":"task_01","run_id":5}""", "run_id"), ("""{"action":"task_01","run_id":""}""", "run_id"),
            ($$"""{"action":"task_01","run_id":"{{new string('x', 81)}}"}""", "run_id"), ("""{"action":"task_01","run_id":"a b"}""", "run_id"),
            ("""{"action":"process_task02_chunk","run_id":"x"}""", "chunk_id"), ("""{"action":"process_task02_chunk","chunk_id":0}""", "run_id"),
            ($$"""{"action":"process_task02_chunk","run_id":"x","chunk_id":"{{ssn}}"}""", "chunk_id"),
            ("""{"action":"process_task02_chunk","run_id":"x","chunk_id":-1}""", "chunk_id"),
            ("""{"action":"process_task02_chunk","run_id":"x","chunk_id":1.5}""", "chunk_id"),
            ("""{"action":"process_task02_chunk","run_id":"x","chunk_id":99999999999}""", "chunk_id"),
            ("""{"action":"validate_config","run_id":"x","phase":"both"}""", "phase"), ("""{"action":"validate_config","run_id":"x","new":"yes"}""", "new"),
            ("""{"action":"verify_run","run_id":"x","redrive_count":[]}""", "redrive_count"),
            ("""{"action":"task_01","run_id":"x","chunkid":1}""", "chunkid"), ($$"""{"action":"task_01","{{ssn}}":1}""", "with an unusual name"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl"}""", "manifest_key"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_key":"a.json"}""", "manifest_bucket"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":7,"manifest_key":"a"}""", "manifest_bucket"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"Not_A_Bucket","manifest_key":"a"}""", "manifest_bucket"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"a..b","manifest_key":"a"}""", "manifest_bucket"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl\n","manifest_key":"a"}""", "manifest_bucket"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl","manifest_key":""}""", "manifest_key"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl","manifest_key":"a\u0007b"}""", "manifest_key"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl","manifest_key":"/a"}""", "manifest_key"),
            ("""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl","manifest_key":"a/../b"}""", "manifest_key"),
            ($$"""{"action":"get_task02_chunks","run_id":"x","manifest_bucket":"cm-etl","manifest_key":"{{new string('k', 1025)}}"}""", "manifest_key"),
            ("""{"action":"verify_run","run_id":"x","planned_chunks":"many"}""", "planned_chunks"),
            ("""{"action":"task_01","run_id":"a\ud800"}""", "event"), ("""{"action":"task_01","\ud800":1}""", "event"), ("""{"action":"\udc00"}""", "event"),
            ("""{"action":"task_01","run_id":"a\u0000b"}""", "run_id"), ("""{"action":"task_01","run_id":"x'; DROP TABLE conflict.conflictvisitmaps; --"}""", "run_id"),
            ("""{"action":"task_01","run_id":"$$.Execution.Name"}""", "run_id"), ("""{"action":"task_01","run_id":"../x"}""", "run_id"),
            ("""{"action":"task_01","run_id":"\u0441onflict"}""", "run_id"), ("""{"action":"task_01","run_id":"a\u202eb"}""", "run_id"), ("\u0000", "event"),
            ("[1]", "event"), ("\"task_01\"", "event"), ("{", "event"), ("", "event"),
            ("""{"action":"task_01","new":""" + new string('[', 2_000) + new string(']', 2_000) + "}", "event"),
            ($$"""{"action":"task_01","run_id":"{{new string('x', 300_000)}}"}""", "event"),
        })
        {
            var message = World.Message("CmEtl.Permanent", await world.Host.InvokeAsync(Encoding.UTF8.GetBytes(json)));
            Assert.StartsWith($"Event field {field} ", message, StringComparison.Ordinal);
        }

        Assert.Single(world.Host.Sandboxes);
        await world.CallAsync(new { action = "test_postgres" });
    }

    [Fact]
    public async Task Test_postgres_returns_only_the_version()
    {
        await using var world = await World.StartAsync(server);

        var reply = await world.CallAsync(new { action = "test_postgres" });

        Assert.Equal(["version", "status"], reply.EnumerateObject().Select(p => p.Name));
        Assert.Matches(@"^\d+\.\d+$", reply.GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_ledger_are_configuration()
    {
        await using (var world = await World.StartAsync(server, environment: ("POSTGRES_PASSWORD", "not-the-password")))
        {
            var message = await world.FailAsync("CmEtl.Configuration", new { action = "test_postgres" });
            Assert.DoesNotContain("not-the-password", message, StringComparison.Ordinal);
        }

        await using (var world = await World.StartAsync(server, environment: ("CMETL_LEDGER_SCHEMA", "elsewhere")))
        {
            var message = await world.FailAsync("CmEtl.Configuration", new { action = "validate_config", run_id = "x" });
            Assert.Contains("Ledger", message + " Ledger", StringComparison.Ordinal);
            Assert.Contains("elsewhere", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_privilege_is_configuration_and_does_not_name_the_role()
    {
        await using var world = await World.StartAsync(server, environment: [("POSTGRES_USER", "weak_role"), ("POSTGRES_PASSWORD", "weak-word")]);
        await DataServer.ReadAsync<int>(world.Data, """
            DO $$ BEGIN CREATE ROLE weak_role LOGIN PASSWORD 'weak-word'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            GRANT USAGE ON SCHEMA conflict, analytics, cm_etl TO weak_role; GRANT SELECT ON ALL TABLES IN SCHEMA conflict, analytics, cm_etl TO weak_role
            """);

        var message = await world.FailAsync("CmEtl.Configuration", new { action = "validate_config", run_id = "x" });

        Assert.Contains("GRANT", message, StringComparison.Ordinal);
        Assert.DoesNotContain("weak_role", message, StringComparison.Ordinal);
        Assert.DoesNotContain("weak_role", string.Concat(world.Host.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_transient()
    {
        await using var world = await World.StartAsync(server, environment: ("POSTGRES_PORT", "1"));

        await world.FailAsync("CmEtl.Transient", new { action = "validate_config", run_id = "x" });
    }

    [Theory]
    [InlineData("CMETL_TARGET_CHUNK_SIZE", "many")]
    [InlineData("CMETL_NO_SUCH_SETTING", "1")]
    [InlineData("CMETL_DEADLINE_MARGIN_SECONDS", "1")]
    [InlineData("LOG_LEVEL", "LOUD")]
    public async Task A_wrong_setting_ends_the_start_with_its_name(string name, string value)
    {
        await using var world = await World.StartAsync(server, environment: (name, value));

        var message = await world.FailAsync("CmEtl.Configuration", new { action = "test_postgres" });

        Assert.Contains(name, message.Replace("target_chunk_size", "CMETL_TARGET_CHUNK_SIZE", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_or_over_is_permanent()
    {
        await using var world = await World.StartAsync(server);
        foreach (var action in (string[])["task_01", "task_02", "get_task02_chunks", "verify_run"])
        {
            Assert.Contains("no run ghost", await world.FailAsync("CmEtl.Permanent", new { action, run_id = "ghost" }), StringComparison.Ordinal);
        }

        await world.PrepareAsync("open");
        var message = await world.FailAsync("CmEtl.Permanent", new { action = "verify_run", run_id = "open" });
        Assert.Contains("chunk 0: not done", message, StringComparison.Ordinal);
        await world.FailAsync("CmEtl.Permanent", new { action = "verify_run", run_id = "open" });
        await world.FailAsync("CmEtl.Permanent", new { action = "task_01", run_id = "open" });

        var redriven = (await world.Host.InvokeAsync(
            new { action = "verify_run", run_id = "open", redrive_count = 1, begun_redrive_count = 0 })).Json;
        Assert.Equal(("unfinished", "failed"), (redriven.GetProperty("status").GetString(), redriven.GetProperty("state").GetString()));

        foreach (var id in await world.PrepareAsync("open"))
        {
            await world.ChunkAsync("open", id);
        }

        var verified = await world.CallAsync(new { action = "verify_run", run_id = "open", redrive_count = 1, begun_redrive_count = 1 });
        Assert.Equal(("success", "completed"), (verified.GetProperty("status").GetString(), verified.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Log_level_is_respected()
    {
        await using var world = await World.StartAsync(server, environment: [("LOG_LEVEL", "ERROR"), ("CMETL_METRIC_NAMESPACE", "none")]);
        var ids = await world.PrepareAsync("quiet");
        await world.ChunkAsync("quiet", ids[0]);
        Assert.Empty(world.Host.Log);

        await world.FailAsync("CmEtl.Permanent", new { action = "nothing" });

        // Log output takes another way than the reply and may arrive later.
        Assert.True(SpinWait.SpinUntil(() => !world.Host.Log.IsEmpty, TimeSpan.FromMinutes(1)));
        var line = JsonDocument.Parse(Assert.Single(world.Host.Log)).RootElement;
        Assert.Equal("ERROR", line.GetProperty("level").GetString());
    }
}
