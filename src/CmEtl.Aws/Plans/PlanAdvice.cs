using System.Globalization;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Plans;

/// <summary>The size of a plan on Step Functions, and the definition that supports it.</summary>
public sealed record PlanAdvice
{
    /// <summary>Maximum number of events per execution: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.</summary>
    public const int MostHistoryEvents = 25_000;

    /// <summary>Maximum size in bytes of a state's input or output, from the same page.</summary>
    public const int MostStateBytes = 256 * 1024;

    // Events per chunk in an inline Map: the iteration (2), the task's state (2), its call (3), the state after it (2).
    private const int EventsPerChunk = 9;

    // Events per retry: failed, scheduled, started.
    private const int EventsPerRetry = 3;
    private const int DocumentedRetries = 3;

    // Events of the states around the Map, with their retries.
    private const int OtherEvents = 100;

    /// <summary>Id of the run. Null for a preview.</summary>
    public string? RunId { get; init; }

    /// <summary>Number of chunks in the plan.</summary>
    public required int Chunks { get; init; }

    /// <summary>Number of rows in the plan.</summary>
    public required long EstimatedRows { get; init; }

    /// <summary>Number of rows in the largest chunk.</summary>
    public required long LargestChunk { get; init; }

    /// <summary>Average duration of finished chunks in seconds. Null before a chunk is done.</summary>
    public double? SecondsPerChunk { get; init; }

    /// <summary>Size in bytes of the chunk numbers in a state's output. The limit is <see cref="MostStateBytes"/>.</summary>
    public required long StateBytes { get; init; }

    /// <summary>
    /// Number of events of an execution with an inline Map if every chunk needs all retries. The limit is <see cref="MostHistoryEvents"/>.
    /// </summary>
    public required long HistoryEvents { get; init; }

    /// <summary>The definition to deploy.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Why this definition was chosen.</summary>
    public required string Reason { get; init; }

    /// <summary>Calculates the advice for a plan.</summary>
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
