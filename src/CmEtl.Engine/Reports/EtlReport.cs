namespace CmEtl.Engine;

/// <summary>Everything that the ledger knows about a run, read in one snapshot. Contains no SSN and no bound of a chunk.</summary>
public sealed record EtlReport
{
    /// <summary>The status of the run.</summary>
    public required EtlStatus Status { get; init; }

    /// <summary>Its chunks in plan order, each with its last attempt. Empty before the plan exists.</summary>
    public required IReadOnlyList<ChunkInfo> Chunks { get; init; }

    /// <summary>Its events, oldest first.</summary>
    public required IReadOnlyList<EtlEvent> Events { get; init; }

    /// <summary>Time of the snapshot by the database clock.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>The newest runs on the same schema up to this one, oldest first, at most 30. This run is the last.</summary>
    public IReadOnlyList<EtlStatus> History { get; init; } = [];

    /// <summary>The changes of the run; null when they were not compared.</summary>
    public IReadOnlyList<RunChange>? Changes { get; init; }

    /// <summary>Settings of the run that differ from their defaults. Also empty for runs of older versions.</summary>
    public IReadOnlyList<RunSetting> Settings { get; init; } = [];

    /// <summary>The database server, under the name that the reader of the report connects to.</summary>
    public string Host { get; init; } = "";

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The schema of conflictvisitmaps.</summary>
    public required string ConflictSchema { get; init; }

    /// <summary>The session time zone of the run, on which results depend.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Hash of the settings on which results depend.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Hash of the statements of Task 02.</summary>
    public required string SqlHash { get; init; }

    /// <summary>Number of starts: one, plus one for each time it was resumed.</summary>
    public required int Starts { get; init; }

    /// <summary>End of Task 01; null before.</summary>
    public DateTimeOffset? Task01At { get; init; }

    /// <summary>End of planning; null before.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>Whether the run stores fingerprints for later delta runs (delta).</summary>
    public bool Delta { get; init; }

    /// <summary>Until when a start resumes the run while it is unfinished. Later starts begin a new run.</summary>
    public required DateTimeOffset ResumableUntil { get; init; }

    /// <summary>Whether a process works on the run.</summary>
    public bool Alive { get; init; }

    /// <summary>The newest run on the same schema. Only that run is resumed, and only its marks may be swept.</summary>
    public required string NewestRunId { get; init; }
}
