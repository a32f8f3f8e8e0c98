using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Sandbox;

/// <summary>
/// Which sandboxes belong to a process: one file each in the user's own data folder, with the path of the sandbox, locked for as long as
/// the process lives. The operating system gives the lock up when a process is killed; then the sandbox is an orphan. A process id would be
/// reused, and a folder that all users can write to could name a folder of somebody else.
/// </summary>
internal static class SandboxRegistry
{
    private static readonly ConcurrentDictionary<string, FileStream> Held = new();

    private static string Folder { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.Create) is { Length: > 0 } data
            ? data
            : Path.Combine(Path.GetTempPath(), "cmetl-" + Environment.UserName),
        "CmEtl", "sandboxes");

    /// <summary>
    /// Holds a sandbox for this process. Without a place to write to it is not registered, and only the end of the process removes it.
    /// </summary>
    public static void Hold(string root)
    {
        try
        {
            PrivateFile.CreateFolder(Folder);
            var entry = PrivateFile.Open(Entry(root));
            entry.SetLength(0);
            entry.Write(Encoding.UTF8.GetBytes(root));
            entry.Flush();
            Held[root] = entry;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Lets go of a sandbox that is removed, or that outlives the process on purpose.</summary>
    public static void Release(string root)
    {
        if (Held.TryRemove(root, out var entry))
        {
            // An empty file names no sandbox, so none is removed as an orphan. On some systems an open file cannot be deleted.
            entry.SetLength(0);
            entry.Dispose();
            File.Delete(entry.Name);
        }
    }

    /// <summary>Gives up the lock as the operating system does when a process is killed; for tests.</summary>
    internal static void Abandon(string root)
    {
        if (Held.TryRemove(root, out var entry))
        {
            entry.Dispose();
        }
    }

    /// <summary>Removes the sandboxes whose processes are gone. One that cannot be removed is left for the next time.</summary>
    public static async Task RemoveOrphansAsync()
    {
        foreach (var path in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            try
            {
                await RemoveOrphanAsync(path);
            }
#pragma warning disable CA1031 // Cleaning up after others must not keep a new sandbox from starting.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private static async Task RemoveOrphanAsync(string path)
    {
        // Cannot be opened while its process lives.
        await using var entry = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var reader = new StreamReader(entry, Encoding.UTF8);
        if (await reader.ReadToEndAsync() is not { Length: > 0 } root || Entry(root) != path)
        {
            // Another process has just created it and is about to lock it.
            return;
        }

        if (SandboxFolder.IsSandbox(root))
        {
            await PostgresSandbox.RemoveAsync(root, CancellationToken.None);
        }

        File.Delete(path);
    }

    private static string Entry(string root) =>
        Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..32]);
}
