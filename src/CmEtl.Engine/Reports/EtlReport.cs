namespace CmEtl.Engine;

/// <summary>All that the ledger knows of one run, read in one snapshot. It holds no SSN and no bound of a chunk.</summary>
public sealed record EtlReport
{
    /// <summary>Where the run stands.</summary>
    public required EtlStatus Status { get; init; }

    /// <summary>Its chunks in plan order, each with its last attempt. Empty before the plan is made.</summary>
    public required IReadOnlyList<ChunkInfo> Chunks { get; init; }

    /// <summary>What was written down of it, oldest first.</summary>
    public required IReadOnlyList<EtlEvent> Events { get; init; }

    /// <summary>When it was read, by the database clock.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>The newest runs on the same schema up to this one, oldest first, at most 30; this run is the last.</summary>
    public IReadOnlyList<EtlStatus> History { get; init; } = [];

    /// <summary>What the run has changed; null when it was not compared.</summary>
    public IReadOnlyList<RunChange>? Changes { get; init; }

    /// <summary>Settings of the run that differ from their defaults. Empty for runs of older versions, too.</summary>
    public IReadOnlyList<RunSetting> Settings { get; init; } = [];

    /// <summary>The database server, as the reader of the report connects to it.</summary>
    public string Host { get; init; } = "";

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The schema of conflictvisitmaps.</summary>
    public required string ConflictSchema { get; init; }

    /// <summary>The session time zone it began with; results depend on it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Hash of the settings on which results depend.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Hash of the statements of Task 02.</summary>
    public required string SqlHash { get; init; }

    /// <summary>How often it was started: once, and once more for each time it was resumed.</summary>
    public required int Starts { get; init; }

    /// <summary>End of Task 01; null before.</summary>
    public DateTimeOffset? Task01At { get; init; }

    /// <summary>End of planning; null before.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>Whether it writes down what its chunks saw (delta).</summary>
    public bool Delta { get; init; }

    /// <summary>Until when a start resumes it while it is unfinished; later ones begin a new run.</summary>
    public required DateTimeOffset ResumableUntil { get; init; }

    /// <summary>Whether somebody works on it.</summary>
    public bool Alive { get; init; }

    /// <summary>The newest run on the same schema: only that one is resumed, and only its marks may be swept.</summary>
    public required string NewestRunId { get; init; }
}
