namespace CmEtl.Sandbox;

/// <summary>The folder that holds PostgreSQL's server programs.</summary>
internal sealed record PostgresPrograms(string Folder)
{
    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Creates a data directory.</summary>
    public string InitDb => Program("initdb");

    /// <summary>Starts and stops a server.</summary>
    public string PgCtl => Program("pg_ctl");

    /// <summary>Whether all programs a sandbox needs are there.</summary>
    public bool Complete => File.Exists(InitDb) && File.Exists(PgCtl) && File.Exists(Program("postgres"));

    private string Program(string name) => Path.Combine(Folder, name + Extension);
}
