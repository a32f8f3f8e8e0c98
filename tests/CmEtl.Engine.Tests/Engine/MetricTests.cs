using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>What monitoring systems see of a run.</summary>
[Collection(EngineTestGroup.Name)]
public sealed partial class MetricTests(EngineServer server)
{
    [Fact]
    public async Task A_file_has_the_metrics_of_the_run_and_is_replaced_as_a_whole()
    {
        await using var database = await server.CopyAsync();
        var folder = Directory.CreateTempSubdirectory("cmetl-metrics-").FullName;
        var file = Path.Combine(folder, "cmetl.prom");
        var run = await database.CompleteAsync(null, s => s with { MetricsPath = file });
        var lines = await File.ReadAllLinesAsync(file);
        var labels = $"database=\"{database.Settings.Database}\",schema=\"conflict\"";
        Assert.Contains($"cmetl_run_success{{{labels}}} 1", lines);
        Assert.Contains($"cmetl_run_rows{{{labels},kind=\"confirmed\"}} {run.RowsConfirmed}", lines);
        Assert.Contains($"cmetl_run_state{{{labels},state=\"Completed\"}} 1", lines);
        Assert.All(lines, l => Assert.Matches(Line(), l));
        Assert.Equal([file], Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_refused_before_anything_is_started()
    {
        await using var database = await server.CopyAsync();
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(null, s => s with { MetricsPath = "/nowhere/cmetl.prom" }));
        Assert.Equal("FolderNotFound", error.ErrorId);
    }

    [Fact]
    public void The_dashboard_asks_for_metrics_that_exist()
    {
        var names = Name().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "monitoring", "grafana-dashboard.json"))).Select(m => m.Value).ToHashSet();
        Assert.Equal([.. RunMetric.All.Select(m => m.Name).Order()], names.Order());
    }

    [Fact]
    public async Task A_listener_in_the_process_hears_of_chunks_rows_and_steps()
    {
        await using var database = await server.CopyAsync();
        const string RunId = "heard";
        long chunks = 0, rows = 0;
        using var meters = new MeterListener();
        meters.InstrumentPublished = (i, l) =>
        {
            if (i.Meter.Name == Telemetry.Name)
            {
                l.EnableMeasurementEvents(i);
            }
        };
        // Other tests run in the same process at the same time.
        meters.SetMeasurementEventCallback<long>((i, value, _, _) =>
        {
            if (IsHeard(Activity.Current))
            {
                Interlocked.Add(ref i.Name == "cmetl.chunks" ? ref chunks : ref rows, value);
            }
        });
        meters.Start();
        var steps = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = s => s.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if (IsHeard(a))
                {
                    steps.Add(a.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
        var run = await database.CompleteAsync(new StartRequest { RunId = RunId });
        Assert.Equal(run.ChunksTotal, chunks);
        Assert.Equal(run.RowsConfirmed + run.RowsUnconfirmed + run.RowsDeferred, rows);
        Assert.Equal(run.ChunksTotal, steps.Count(s => s == "cmetl.chunk"));
        Assert.Superset(new HashSet<string> { "cmetl.run", "cmetl.task01", "cmetl.plan", "cmetl.verify" }, steps.ToHashSet());

        static bool IsHeard(Activity? activity) => activity?.GetTagItem("cmetl.run_id") as string == RunId;
    }

    // https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
    [GeneratedRegex("""^(# (HELP|TYPE) cmetl_\w+ .+|cmetl_\w+\{(\w+="[^"\n]*",?)+\} -?[0-9.]+(E[+-]?\d+)?)$""")]
    private static partial Regex Line();

    [GeneratedRegex(@"\bcmetl_\w+")]
    private static partial Regex Name();
}
