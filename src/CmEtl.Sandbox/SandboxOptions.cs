namespace CmEtl.Sandbox;

/// <summary>What a sandbox shall be.</summary>
public sealed record SandboxOptions
{
    /// <summary>Visits to generate; about one conflict row per four visits. 0 creates the schemas only.</summary>
    public int Visits { get; init; } = 200_000;

    /// <summary>The same seed and number of visits give the same data.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder for the data directory; null chooses a new one below the temp folder. Must be empty or absent.</summary>
    public string? Path { get; init; }

    /// <summary>Folder with PostgreSQL's programs (initdb, postgres, pg_ctl); null searches for it.</summary>
    public string? PostgresBin { get; init; }

    /// <summary>Keep the server running when this process ends; without it the sandbox is stopped and deleted then.</summary>
    public bool Persist { get; init; }
}
