using System.Diagnostics;
using System.Security.Cryptography;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>The interpreter, the validator and the S3 server. npm installs them once per lock file into a cache folder.</summary>
public static class NodePackages
{
    private static readonly Lazy<Task<string>> Folder = new(() => InstallAsync("node"));
    private static readonly Lazy<Task<string>> Readers = new(() => InstallAsync("readers"));

    /// <summary>The folder that holds the programs. node_modules is above it.</summary>
    public static Task<string> FolderAsync() => Folder.Value;

    /// <summary>The folder with the readers of templates. They have several hundred megabytes and are needed by few tests.</summary>
    public static Task<string> ReadersAsync() => Readers.Value;

    /// <summary>Runs a program of the readers.</summary>
    /// <returns>Its exit code and everything that it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> ReadAsync(params string[] arguments)
    {
        var start = Node.Command("node", arguments);
        start.WorkingDirectory = await ReadersAsync();
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, node.ExitCode == 0 ? output : output + await errors);
    }

    private static async Task<string> InstallAsync(string name)
    {
        var source = Path.Combine(AppContext.BaseDirectory, name);
        var cache = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "cmetl");
        var packages = await MakeAsync(
            Path.Combine(cache, $"aws-{(name == "node" ? "bench" : name)}-{await StampAsync(Path.Combine(source, "package-lock.json"))}"),
            work => InstallAsync(source, work));
        // A module looks for its packages in the folders above its own. Working trees with other programs use the same packages.
        var programs = Directory.GetFiles(source, "*.mjs").Order(StringComparer.Ordinal).ToArray();
        return await MakeAsync(Path.Combine(packages, await StampAsync(programs)), work =>
        {
            CopyTo(work, programs);
            return Task.CompletedTask;
        });
    }

    private static async Task InstallAsync(string source, string work)
    {
        CopyTo(work, Path.Combine(source, "package.json"), Path.Combine(source, "package-lock.json"));
        var start = Node.Command("npm", "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel", "error");
        start.WorkingDirectory = work;
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using var npm = Process.Start(start)!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = await npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed: {errors}{await output}");
        }
    }

    /// <summary>Makes a folder next to its place and moves it when it is complete, because two test programs may do so at once.</summary>
    private static async Task<string> MakeAsync(string folder, Func<string, Task> fill)
    {
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var work = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(work);
        await fill(work);
        try
        {
            Directory.Move(work, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(work, recursive: true);
        }

        return folder;
    }

    private static void CopyTo(string folder, params string[] files)
    {
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static async Task<string> StampAsync(params string[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(await File.ReadAllBytesAsync(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
