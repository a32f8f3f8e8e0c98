using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CmEtl.Engine;

/// <summary>
/// Metrics and traces for listeners in this process (OpenTelemetry, dotnet-counters): the meter and the activity source CmEtl. Without a
/// listener they cost nothing. Tags contain numbers, states and the ids of chunks and runs.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "CmEtl";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Chunks = Meter.CreateCounter<long>("cmetl.chunks", "{chunk}", "Attempts at chunks, by outcome.");
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("cmetl.rows", "{row}", "Rows of done chunks, by kind.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("cmetl.chunk.duration", "s", "Time of a done chunk from claim to commit.");

    /// <summary>Activities: cmetl.run, cmetl.task01, cmetl.plan, cmetl.chunk, cmetl.verify, cmetl.hook.</summary>
    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>Starts an activity of a run; null when there is no listener.</summary>
    internal static Activity? Start(string name, string runId) => Source.StartActivity(name)?.SetTag("cmetl.run_id", runId);

    internal static void Done(ChunkResult result)
    {
        Chunks.Add(1, new KeyValuePair<string, object?>("outcome", "done"));
        Durations.Record(result.Duration.TotalSeconds);
        Rows.Add(result.RowsConfirmed, new KeyValuePair<string, object?>("kind", "confirmed"));
        Rows.Add(result.RowsUnconfirmed, new KeyValuePair<string, object?>("kind", "unconfirmed"));
        Rows.Add(result.RowsDeferred, new KeyValuePair<string, object?>("kind", "deferred"));
    }

    internal static void Failed(string outcome) => Chunks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
