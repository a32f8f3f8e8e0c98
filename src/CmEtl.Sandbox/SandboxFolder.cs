using System.Diagnostics;
using CmEtl.Engine;

namespace CmEtl.Sandbox;

/// <summary>
/// The folder of a sandbox: the data directory, the log, and a marker file that allows deletion and names the programs.
/// </summary>
internal sealed record SandboxFolder(string Root)
{
    private const string MarkerName = "cmetl-sandbox";

    /// <summary>PostgreSQL's data directory.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>The server's log.</summary>
    public string Log => Path.Combine(Root, "server.log");

    /// <summary>File with the initial password while the data directory is created.</summary>
    public string PasswordFile => Path.Combine(Root, "password");

    /// <summary>
    /// Password file of a sandbox that outlives its process, in libpq's format: <c>PGPASSFILE=folder/pgpass psql ...</c>
    /// (https://www.postgresql.org/docs/current/libpq-pgpass.html).
    /// </summary>
    public string PgPass => Path.Combine(Root, "pgpass");

    private string Marker => Path.Combine(Root, MarkerName);

    /// <summary>Creates the folder. It must be empty or not exist. Without a path a new temporary folder is used.</summary>
    public static SandboxFolder Create(string? path, PostgresPrograms programs)
    {
        var folder = new SandboxFolder(FullPath(
            path ?? Path.Combine(Path.GetTempPath(), "cmetl-sandbox-" + Guid.NewGuid().ToString("N")[..12])));
        if (File.Exists(folder.Root) || (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any()))
        {
            throw new CmEtlException(ErrorKind.Configuration, ErrorIds.SandboxFolderNotEmpty,
                $"The folder {folder.Root} is not empty.", "Give an empty or new folder for the sandbox.");
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
                $"The folder {folder.Root} cannot be created: {error.Message.TrimEnd('.')}.", "Give an empty or new folder that you can write to.");
        }
    }

    /// <summary>Whether the folder is a sandbox that <see cref="Open"/> can open.</summary>
    public static bool IsSandbox(string path) => File.Exists(Path.Combine(path, MarkerName));

    /// <summary>Opens the folder of an existing sandbox. Null if the folder no longer exists.</summary>
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
                $"The folder {folder.Root} is not a sandbox of CmEtl. Nothing was changed.", "Give the path that New-CmSandbox returned.");
    }

    /// <summary>The programs that created the data directory.</summary>
    public PostgresPrograms Programs() => new(File.ReadAllText(Marker).Trim());

    /// <summary>The server process that uses the data directory. Null if none is running.</summary>
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

    // After a crash the file can have a process id that now belongs to another program or another server.
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

    // pg_ctl passes the path to a shell in double quotes.
    private static string FullPath(string path) =>
        path.Any(c => char.IsControl(c) || c is '"' or '$' or '`' || (c == '\\' && !OperatingSystem.IsWindows()))
        ? throw new CmEtlException(ErrorKind.Configuration, ErrorIds.InvalidPath,
            "The path of a sandbox cannot contain quotes, $, `, \\ or control characters.", "Give another folder.") { Subject = "path" }
        : Path.GetFullPath(path);

    /// <summary>Deletes everything, the marker last, so that an interrupted deletion can be repeated.</summary>
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
