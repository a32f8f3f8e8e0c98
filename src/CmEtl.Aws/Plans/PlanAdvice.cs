using System.Globalization;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Plans;

/// <summary>How large a plan is for Step Functions, and which definition carries it.</summary>
public sealed record PlanAdvice
{
    /// <summary>https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: events in the history of one execution.</summary>
    public const int MostHistoryEvents = 25_000;

    /// <summary>Same page: bytes of a state's input or output.</summary>
    public const int MostStateBytes = 256 * 1024;

    // Of one chunk in an inline Map: the iteration (2), the task's state (2), its call (3), the state after it (2).
    private const int EventsPerChunk = 9;

    // Failed, scheduled and started once more.
    private const int EventsPerRetry = 3;
    private const int DocumentedRetries = 3;

    // The states around the Map, each retried too.
    private const int OtherEvents = 100;

    /// <summary>The run, or null for a preview.</summary>
    public string? RunId { get; init; }

    /// <summary>Chunks in the plan.</summary>
    public required int Chunks { get; init; }

    /// <summary>Rows in the plan.</summary>
    public required long EstimatedRows { get; init; }

    /// <summary>Rows of its largest chunk.</summary>
    public required long LargestChunk { get; init; }

    /// <summary>Seconds a done chunk took on average; null before one is done.</summary>
    public double? SecondsPerChunk { get; init; }

    /// <summary>Bytes of the chunk numbers in a state's output, of at most <see cref="MostStateBytes"/>.</summary>
    public required long StateBytes { get; init; }

    /// <summary>
    /// Events of an execution with an inline Map when every chunk needs all its retries, of at most <see cref="MostHistoryEvents"/>.
    /// </summary>
    public required long HistoryEvents { get; init; }

    /// <summary>The definition to deploy.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Why that one.</summary>
    public required string Reason { get; init; }

    /// <summary>Measures a plan.</summary>
    public static PlanAdvice For(IReadOnlyList<ChunkInfo> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        var events = OtherEvents + (chunks.Count * (EventsPerChunk + (DocumentedRetries * EventsPerRetry)));
        var bytes = chunks.Sum(c => c.ChunkId.ToString(CultureInfo.InvariantCulture).Length + 1) + 1;
        var (file, reason) = chunks.Count <= 1
            ? (PipelineDefinition.Sequential, "The plan has one chunk, so a Map is not needed.")
            : events <= MostHistoryEvents && bytes <= MostStateBytes
                ? (PipelineDefinition.Chunked, string.Create(CultureInfo.InvariantCulture, $"An inline Map: at most {events} of {MostHistoryEvents} history events."))
                : (PipelineDefinition.Distributed, string.Create(CultureInfo.InvariantCulture, $"An inline Map could need {events} of {MostHistoryEvents} history events."));
        var measured = chunks.Where(c => c.State == ChunkState.Done && c.Duration is not null).Select(c => c.Duration!.Value.TotalSeconds)
            .ToList();
        return new PlanAdvice
        {
            RunId = chunks.Count > 0 ? chunks[0].RunId : null,
            Chunks = chunks.Count,
            EstimatedRows = chunks.Sum(c => c.EstimatedRows),
            LargestChunk = chunks.Count > 0 ? chunks.Max(c => c.EstimatedRows) : 0,
            SecondsPerChunk = measured.Count > 0 ? measured.Average() : null,
            StateBytes = bytes,
            HistoryEvents = events,
            DefinitionFile = file,
            Reason = reason,
        };
    }
}
