namespace CmEtl.Engine;

/// <summary>Something that was written down of a run: who did what, when and why.</summary>
public sealed record EtlEvent
{
    /// <summary>When, by the database clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The chunk; null when it is of the run as a whole.</summary>
    public int? ChunkId { get; init; }

    /// <summary>The chunk's attempt; null where it is of none.</summary>
    public int? Attempt { get; init; }

    /// <summary>What happened, such as <c>run started</c>, <c>chunk attempt ended</c> or <c>chunk reset</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The database role that wrote it.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Rows it was about; null where it was about none.</summary>
    public long? Rows { get; init; }

    /// <summary>Why. Empty where there is nothing to say.</summary>
    public string Reason { get; init; } = "";
}
