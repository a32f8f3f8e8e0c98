namespace CmEtl.Engine;

/// <summary>Which marks to release and which chunks to reset.</summary>
public sealed record ResetRequest
{
    /// <summary>The run; null means the newest one.</summary>
    public string? RunId { get; init; }

    /// <summary>Only these chunks; null means every chunk that is stuck, failed or quarantined.</summary>
    public IReadOnlyList<int>? ChunkIds { get; init; }

    /// <summary>Only chunks whose last attempt started at least this long ago.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Include chunks with a valid lease. Their worker is fenced off and can no longer commit.</summary>
    public bool Force { get; init; }

    /// <summary>The reason, for the events in the ledger.</summary>
    public string Reason { get; init; } = "";
}
