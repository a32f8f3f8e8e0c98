namespace CmEtl.Engine;

/// <summary>Which events to read.</summary>
public sealed record EventQuery
{
    /// <summary>The run; null means the newest, or every run of the conflict schema when <see cref="Since"/> is set.</summary>
    public string? RunId { get; init; }

    /// <summary>Only events of these chunks; empty means all events, those of the run as a whole included.</summary>
    public IReadOnlyList<int> ChunkIds { get; init; } = [];

    /// <summary>Only events at or after this moment by the database clock; null means all.</summary>
    public DateTimeOffset? Since { get; init; }
}
