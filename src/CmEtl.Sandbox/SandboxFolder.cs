using System.Diagnostics;
using CmEtl.Engine;

namespace CmEtl.Sandbox;

/// <summary>
/// The folder of one sandbox: a marker that says it is ours to delete (and which programs run it), the data directory and the log.
/// </summary>
internal sealed record SandboxFolder(string Root)
{
    private const string MarkerName = "cmetl-sandbox";

    /// <summary>PostgreSQL's data directory.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>What the server has to say.</summary>
    public string Log => Path.Combine(Root, "server.log");

    /// <summary>Where the first password lies while the data directory is created.</summary>
    public string PasswordFile => Path.Combine(Root, "password");

    /// <summary>
    /// Password file of a sandbox that outlives its process, in libpq's format: <c>PGPASSFILE=folder/pgpass psql ...</c>
    /// (https://www.postgresql.org/docs/current/libpq-pgpass.html).
    /// </summary>
    public string PgPass => Path.Combine(Root, "pgpass");

    private string Marker => Path.Combine(Root, MarkerName);

    /// <summary>Takes an absent or empty folder, a new one below the temp folder when none is named.</summary>
    public static SandboxFolder Create(string? path, PostgresPrograms programs)
    {
        var folder = new SandboxFolder(FullPath(
            path ?? Path.Combine(Path.GetTempPath(), "cmetl-sandbox-" + Guid.NewGuid().ToString("N")[..12])));
        if (File.Exists(folder.Root) || (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any()))
        {
            throw new CmEtlException(ErrorKind.Configuration, ErrorIds.SandboxFolderNotEmpty,
                $"{folder.Root} is not empty.", "Name an empty or absent folder for the sandbox.");
        }

        try
        {
            PrivateFile.CreateFolder(folder.Root);
            File.WriteAllText(folder.Marker, programs.Folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CmEtlException(ErrorKind.Configuration, ErrorIds.SandboxFolderUnusable,
                $"{folder.Root} cannot be made: {error.Message.TrimEnd('.')}.", "Name an empty or absent folder that can be written to.");
        }
    }

    /// <summary>Whether a folder is a sandbox that <see cref="Open"/> would open.</summary>
    public static bool IsSandbox(string path) => File.Exists(Path.Combine(path, MarkerName));

    /// <summary>Opens the folder of an existing sandbox; null when there is none any more.</summary>
    public static SandboxFolder? Open(string path)
    {
        var folder = new SandboxFolder(FullPath(path));
        if (!Directory.Exists(folder.Root) && !File.Exists(folder.Root))
        {
            return null;
        }

        return File.Exists(folder.Marker)
            ? folder
            : throw new CmEtlException(ErrorKind.Configuration, ErrorIds.NotASandbox,
                $"{folder.Root} was not made by CmEtl as a sandbox; nothing was touched.", "Name the folder that the sandbox reported.");
    }

    /// <summary>The programs that made the data directory.</summary>
    public PostgresPrograms Programs() => new(File.ReadAllText(Marker).Trim());

    /// <summary>The server that runs on the data directory, or null.</summary>
    public Process? ServerProcess()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), out var id))
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(id);
            return IsOurs(process) ? process : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A file left over from before a crash can name a number that means another program, or another server, by now.
    private bool IsOurs(Process process)
    {
        try
        {
            return process.ProcessName == "postgres"
                && (!OperatingSystem.IsLinux()
                    || Directory.ResolveLinkTarget($"/proc/{process.Id}/cwd", returnFinalTarget: false)?.FullName == Data);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The end of the server's log.</summary>
    public string LogTail() => File.Exists(Log) ? string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(15)) : "";

    // pg_ctl gives the path to a shell, in double quotes.
    private static string FullPath(string path) =>
        path.Any(c => char.IsControl(c) || c is '"' or '$' or '`' || (c == '\\' && !OperatingSystem.IsWindows()))
        ? throw new CmEtlException(ErrorKind.Configuration, ErrorIds.InvalidPath,
            "The path of a sandbox cannot have quotes, $, `, \\ or control characters in it.", "Name another folder.") { Subject = "path" }
        : Path.GetFullPath(path);

    /// <summary>Deletes everything, the marker last: a deletion that was interrupted can be repeated.</summary>
    public void Delete()
    {
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(Root).Where(file => file != Marker))
        {
            File.Delete(file);
        }

        File.Delete(Marker);
        Directory.Delete(Root, recursive: true);
    }
}
