using System.Diagnostics;
using System.Security.Cryptography;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>The interpreter, the validator and the S3 server. npm installs them once per lock file into a cache folder.</summary>
public static class NodePackages
{
    private static readonly Lazy<Task<string>> Folder = new(() => InstallAsync("node"));
    private static readonly Lazy<Task<string>> Readers = new(() => InstallAsync("readers"));

    /// <summary>The folder that holds the programs and node_modules.</summary>
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
        var stamp = Convert.ToHexStringLower(SHA256.HashData([.. await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))]))[..12];
        var cache = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "cmetl",
                $"aws-{(name == "node" ? "bench" : name)}-{stamp}");
        if (!Directory.Exists(cache))
        {
            // Installed next to the cache and moved when complete, because two test processes may do so at the same time.
            var work = $"{cache}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(work);
            foreach (var file in new[] { "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(source, file), Path.Combine(work, file));
            }

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

            try
            {
                Directory.Move(work, cache);
            }
            catch (IOException) when (Directory.Exists(cache))
            {
                Directory.Delete(work, recursive: true);
            }
        }

        // A module looks for its packages relative to its own folder, and the programs may be newer than the packages.
        foreach (var program in Directory.GetFiles(source, "*.mjs"))
        {
            File.Copy(program, Path.Combine(cache, Path.GetFileName(program)), overwrite: true);
        }

        return cache;
    }
}
