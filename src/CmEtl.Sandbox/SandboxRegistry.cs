using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Sandbox;

/// <summary>
/// Registers which sandboxes belong to a process. Each has a file in the user's data folder with the path of the sandbox, which stays
/// locked while the process lives. If the process is killed, the operating system releases the lock, and the sandbox is an orphan. A
/// process id could be reused, and in a folder that all users can write to, a file could name a folder of another user.
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
    /// Registers a sandbox for this process. If the file cannot be written, only the end of the process removes the sandbox.
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

    /// <summary>Removes a sandbox that was deleted or that intentionally keeps running after the process.</summary>
    public static void Release(string root)
    {
        if (Held.TryRemove(root, out var entry))
        {
            // The file is emptied first, so that no sandbox is removed as an orphan. On some systems an open file cannot be deleted.
            entry.SetLength(0);
            entry.Dispose();
            File.Delete(entry.Name);
        }
    }

    /// <summary>Releases the lock as the operating system does when a process is killed. For tests.</summary>
    internal static void Abandon(string root)
    {
        if (Held.TryRemove(root, out var entry))
        {
            entry.Dispose();
        }
    }

    /// <summary>Removes the sandboxes of ended processes. If one cannot be removed, it is left for the next call.</summary>
    public static async Task RemoveOrphansAsync()
    {
        foreach (var path in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            try
            {
                await RemoveOrphanAsync(path);
            }
#pragma warning disable CA1031 // A failure to remove an orphan must not prevent the start of a new sandbox.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private static async Task RemoveOrphanAsync(string path)
    {
        // The file cannot be opened while its process lives.
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
