namespace CmEtl.Engine;

/// <summary>Which marks to release and which chunks to set back.</summary>
public sealed record ResetRequest
{
    /// <summary>The run; null means the newest one.</summary>
    public string? RunId { get; init; }

    /// <summary>Only these chunks; null means every chunk that is stuck, failed or quarantined.</summary>
    public IReadOnlyList<int>? ChunkIds { get; init; }

    /// <summary>Only chunks whose last attempt started at least this long ago.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Also chunks whose lease still runs. Their worker is fenced off and can commit nothing any more.</summary>
    public bool Force { get; init; }

    /// <summary>Why, for the ledger's event log.</summary>
    public string Reason { get; init; } = "";
}
