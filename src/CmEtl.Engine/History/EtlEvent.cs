namespace CmEtl.Engine;

/// <summary>Something that happened to a run: what, when, by whom and why.</summary>
public sealed record EtlEvent
{
    /// <summary>Number in the ledger; later events have higher numbers, with gaps.</summary>
    public long EventId { get; init; }

    /// <summary>The run.</summary>
    public string RunId { get; init; } = "";

    /// <summary>When, by the database clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The chunk; null when the event concerns the run as a whole.</summary>
    public int? ChunkId { get; init; }

    /// <summary>The chunk's attempt; null where there is none.</summary>
    public int? Attempt { get; init; }

    /// <summary>What happened, such as <c>run started</c>, <c>chunk attempt ended</c> or <c>chunk reset</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The database role that wrote it.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Rows concerned; null where there are none.</summary>
    public long? Rows { get; init; }

    /// <summary>Why. Empty where there is nothing to say.</summary>
    public string Reason { get; init; } = "";
}
