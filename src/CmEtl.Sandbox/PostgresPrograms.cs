namespace CmEtl.Sandbox;

/// <summary>The folder with PostgreSQL's server programs.</summary>
internal sealed record PostgresPrograms(string Folder)
{
    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The program that creates a data directory.</summary>
    public string InitDb => Program("initdb");

    /// <summary>The program that starts and stops a server.</summary>
    public string PgCtl => Program("pg_ctl");

    /// <summary>Whether the folder has all programs that a sandbox needs.</summary>
    public bool Complete => File.Exists(InitDb) && File.Exists(PgCtl) && File.Exists(Program("postgres"));

    private string Program(string name) => Path.Combine(Folder, name + Extension);
}
