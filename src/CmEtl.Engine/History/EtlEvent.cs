namespace CmEtl.Engine;

/// <summary>An event of a run.</summary>
public sealed record EtlEvent
{
    /// <summary>Number in the ledger. Later events have higher numbers, with gaps.</summary>
    public long EventId { get; init; }

    /// <summary>The run.</summary>
    public string RunId { get; init; } = "";

    /// <summary>Time by the database clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The chunk; null when the event concerns the run as a whole.</summary>
    public int? ChunkId { get; init; }

    /// <summary>The attempt of the chunk. Null if the event does not concern a chunk.</summary>
    public int? Attempt { get; init; }

    /// <summary>What happened, such as <c>run started</c>, <c>chunk attempt ended</c> or <c>chunk reset</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The database role that recorded the event.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Number of rows concerned; null when the event concerns no rows.</summary>
    public long? Rows { get; init; }

    /// <summary>The reason; may be empty.</summary>
    public string Reason { get; init; } = "";
}
