using System.Text.Json;
using System.Text.RegularExpressions;

namespace CmEtl.Lambda.Tests;

/// <summary>
/// The metrics in the log have CloudWatch's embedded metric format, equal the function's reply, and contain run and chunk.
/// </summary>
[Collection(SharedServer.Name)]
public sealed partial class MetricTests(DataServer server)
{
    [Fact]
    public async Task A_night_is_counted_as_it_was_replied()
    {
        await using var world = await World.StartAsync(server);
        Assert.False((await world.CallAsync(new { action = "require_run" })).GetProperty("verified").GetBoolean());
        var ids = await world.PrepareAsync("night-1");
        long updated = 0;
        foreach (var id in ids)
        {
            updated += (await world.ChunkAsync("night-1", id)).GetProperty("rows_updated").GetInt64();
        }

        await world.ChunkAsync("night-1", ids[0]);
        await world.FailAsync("CmEtl.Permanent", new { action = "process_task02_chunk", run_id = "night-1", chunk_id = 99_999 });
        await world.CallAsync(new { action = "verify_run", run_id = "night-1" });
        Assert.True((await world.CallAsync(new { action = "require_run", within_hours = 1 })).GetProperty("verified").GetBoolean());

        var lines = Metrics(world);
        Assert.All(lines, AssertFormat);
        var chunks = lines.Where(l => l.TryGetProperty("ChunksDone", out _)).ToList();
        Assert.Equal(ids, chunks.Select(c => c.GetProperty("chunk_id").GetInt32()).Order());
        Assert.All(chunks, c => Assert.Equal("night-1", c.GetProperty("run_id").GetString()));
        Assert.Equal(updated, chunks.Sum(c => c.GetProperty("RowsUpdated").GetInt64()));
        Assert.Equal(updated, Assert.Single(lines, l => l.TryGetProperty("RunsVerified", out _)).GetProperty("RunRowsUpdated").GetInt64());
        Assert.Equal([1, 0], lines.Where(l => l.TryGetProperty("RunsOverdue", out _)).Select(l => l.GetProperty("RunsOverdue").GetInt32()));
        Assert.Equal(1, Assert.Single(lines, l => l.TryGetProperty("Failures", out _)).GetProperty("FailuresFinal").GetInt32());
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("Team/CmEtl", 1)]
    public async Task The_namespace_is_a_setting(string name, int lines)
    {
        await using var world = await World.StartAsync(server, environment: [("CMETL_METRIC_NAMESPACE", name)]);
        await world.CallAsync(new { action = "require_run" });

        Assert.Equal(Enumerable.Repeat(name, lines),
            Metrics(world).Select(l => l.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Namespace").GetString()));
    }

    [Fact]
    public async Task A_namespace_that_CloudWatch_refuses_is_a_wrong_setting()
    {
        await using var world = await World.StartAsync(server, environment: [("CMETL_METRIC_NAMESPACE", "AWS/Lambda")]);

        Assert.Contains("CMETL_METRIC_NAMESPACE is not valid", await world.FailAsync("CmEtl.Configuration", new { action = "require_run" }), StringComparison.Ordinal);
    }

    private static List<JsonElement> Metrics(World world) =>
        [.. world.Host.Log.Select(l => JsonDocument.Parse(l).RootElement).Where(l => l.TryGetProperty("_aws", out _))];

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    private static void AssertFormat(JsonElement line)
    {
        var aws = line.GetProperty("_aws");
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(aws.GetProperty("Timestamp").GetInt64()),
            TimeSpan.Zero, TimeSpan.FromMinutes(5));
        var directive = Assert.Single(aws.GetProperty("CloudWatchMetrics").EnumerateArray());
        Assert.Matches(Namespace(), directive.GetProperty("Namespace").GetString());
        Assert.Equal("FunctionName", Assert.Single(Assert.Single(directive.GetProperty("Dimensions").EnumerateArray()).EnumerateArray()).GetString());
        Assert.Equal("cm-etl", line.GetProperty("FunctionName").GetString());
        var metrics = directive.GetProperty("Metrics").EnumerateArray().ToList();
        Assert.InRange(metrics.Count, 1, 100);
        Assert.All(metrics, m =>
        {
            Assert.Contains(m.GetProperty("Unit").GetString(), (string[])["Count", "Seconds", "Count/Second"]);
            Assert.Equal(JsonValueKind.Number, line.GetProperty(m.GetProperty("Name").GetString()!).ValueKind);
        });
    }

    [GeneratedRegex("^[A-Za-z0-9._/#:-]{1,255}$")]
    private static partial Regex Namespace();
}
