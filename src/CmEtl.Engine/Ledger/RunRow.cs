namespace CmEtl.Engine;

/// <summary>The data of a run that the engine needs while it works on it.</summary>
internal sealed record RunRow
{
    public required string RunId { get; init; }

    public required RunState State { get; init; }

    public required Phase Phase { get; init; }

    public required MarkMode MarkMode { get; init; }

    public required DateOnly WindowFrom { get; init; }

    public required DateOnly WindowTo { get; init; }

    /// <summary>The session time zone of the run, on which results depend.</summary>
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

    /// <summary>Why the run must not start further chunks; null while it may.</summary>
    public RunStop? Stop { get; init; }

    /// <summary>Whether it stores fingerprints for later delta runs, and keeps the version of rows that are equal.</summary>
    public bool Delta { get; init; }

    /// <summary>
    /// The baseline run; null when every row is recomputed. The first look may find that the run cannot be compared with it.
    /// </summary>
    public string? BaseId { get; init; }
}
