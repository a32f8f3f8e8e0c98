namespace CmEtl.Engine;

/// <summary>What the engine needs to know of a run while it works on it.</summary>
internal sealed record RunRow
{
    public required string RunId { get; init; }

    public required RunState State { get; init; }

    public required Phase Phase { get; init; }

    public required MarkMode MarkMode { get; init; }

    public required DateOnly WindowFrom { get; init; }

    public required DateOnly WindowTo { get; init; }

    /// <summary>The session time zone the run began with; results depend on it.</summary>
    public required string TimeZone { get; init; }

    public required string SettingsHash { get; init; }

    public required string SqlHash { get; init; }

    /// <summary>Fence of the orchestrator.</summary>
    public required int Attempt { get; init; }

    /// <summary>Read when the run began; null in a ledger of an older version.</summary>
    public double? DistanceMultiplier { get; init; }

    public required bool Task01Done { get; init; }

    public required bool Planned { get; init; }

    public required int PlannedChunks { get; init; }

    /// <summary>The process that leads the run, or <see cref="RunStop.StateMachine"/>.</summary>
    public string Leader { get; init; } = "";

    /// <summary>Why the run is to begin no further chunk; null while it may.</summary>
    public RunStop? Stop { get; init; }

    /// <summary>Whether it writes down what its chunks saw, so that a later run can be taken against it, and keeps rows that are equal.</summary>
    public bool Delta { get; init; }

    /// <summary>The baseline run that it is compared with; null when it recomputes every row. The first look may find that it cannot be.</summary>
    public string? BaseId { get; init; }
}
