using System.Diagnostics;
using System.Security.Cryptography;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>The interpreter, the validator and the S3 server, installed once per lock file into a cache folder by npm.</summary>
public static class NodePackages
{
    private static readonly Lazy<Task<string>> Folder = new(InstallAsync);

    /// <summary>The folder that holds the programs and node_modules.</summary>
    public static Task<string> FolderAsync() => Folder.Value;

    private static async Task<string> InstallAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "node");
        var stamp = Convert.ToHexStringLower(SHA256.HashData([.. await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))]))[..12];
        var cache = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "cmetl", $"aws-bench-{stamp}");
        if (!Directory.Exists(cache))
        {
            // Installed beside the cache and moved when whole: two test processes may do so at once.
            var work = $"{cache}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(work);
            foreach (var name in new[] { "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(source, name), Path.Combine(work, name));
            }

            var start = Node.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error");
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

        // A module finds its packages from where it lies, and the programs may be newer than the packages.
        foreach (var program in Directory.GetFiles(source, "*.mjs"))
        {
            File.Copy(program, Path.Combine(cache, Path.GetFileName(program)), overwrite: true);
        }

        return cache;
    }
}
