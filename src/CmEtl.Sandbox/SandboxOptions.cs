namespace CmEtl.Sandbox;

/// <summary>Options of a new sandbox.</summary>
public sealed record SandboxOptions
{
    /// <summary>Number of visits to generate, with about one conflict row per four visits. 0 creates only the schemas.</summary>
    public int Visits { get; init; } = 200_000;

    /// <summary>Seed of the generator. The same seed and number of visits give the same data.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder for the data directory. It must be empty or not exist. Null creates a new temporary folder.</summary>
    public string? Path { get; init; }

    /// <summary>Folder with PostgreSQL's programs (initdb, postgres, pg_ctl). Null searches for it.</summary>
    public string? PostgresBin { get; init; }

    /// <summary>PostgreSQL's shared_buffers, in MB, at least 1. The default is enough for a few hundred thousand visits.</summary>
    public int SharedBuffersMegabytes { get; init; } = 512;

    /// <summary>Whether the server keeps running after this process ends. Otherwise the sandbox is stopped and deleted.</summary>
    public bool Persist { get; init; }
}
