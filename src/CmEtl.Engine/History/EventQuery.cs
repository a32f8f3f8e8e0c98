namespace CmEtl.Engine;

/// <summary>Which events to read.</summary>
public sealed record EventQuery
{
    /// <summary>The run. Null means the newest, or every run of the conflict schema when <see cref="Since"/> is set.</summary>
    public string? RunId { get; init; }

    /// <summary>Only events of these chunks. Empty means all events, including those of the run as a whole.</summary>
    public IReadOnlyList<int> ChunkIds { get; init; } = [];

    /// <summary>Only events at or after this time of the database clock; null means all.</summary>
    public DateTimeOffset? Since { get; init; }
}
