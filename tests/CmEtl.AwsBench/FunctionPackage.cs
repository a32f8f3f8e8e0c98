using System.Diagnostics;

namespace CmEtl.AwsBench;

/// <summary>The deployment package, built as build.ps1 builds it, once for all test programs, which may run at the same time.</summary>
public static class FunctionPackage
{
    private static readonly Lazy<string> Made = new(() => Make("cmetl-lambda.zip", "linux-x64"));
    private static readonly Lazy<string> MadeForArm = new(() => Make("cmetl-lambda-arm64.zip", "linux-arm64"));

    /// <summary>The zip file for x86_64.</summary>
    public static string Zip => Made.Value;

    /// <summary>The zip file for arm64.</summary>
    public static string Arm => MadeForArm.Value;

    private static string Make(string name, string runtime)
    {
        var root = Repository.Root;
        var zip = new FileInfo(Path.Combine(root, "output", name));
        Directory.CreateDirectory(zip.DirectoryName!);
        // One lock for both packages, because both builds write src/CmEtl.Lambda/obj.
        using var alone = Alone(Path.Combine(root, "output", "cmetl-lambda.lock"));
        if (!zip.Exists || zip.LastWriteTimeUtc < Sources(root).Max(f => f.LastWriteTimeUtc))
        {
            zip.Delete();
            Publish(root, runtime);
            zip.Refresh();
        }

        return zip.Exists ? zip.FullName : throw new InvalidOperationException("The build has made no package.");
    }

    private static void Publish(string root, string runtime)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "src/CmEtl.Lambda", "-c", "Release", "-r", runtime, "-v", "quiet", "--nologo", "-nodeReuse:false"])
        {
            WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // Environment variables of the test host about its own SDK must not affect this build.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException(output + errors.Result);
        }
    }

    private static IEnumerable<FileInfo> Sources(string root) =>
        new[] { "src/CmEtl.Lambda", "src/CmEtl.Engine", "sql" }
            .SelectMany(f => new DirectoryInfo(Path.Combine(root, f)).EnumerateFiles("*", SearchOption.AllDirectories))
            .Concat(new DirectoryInfo(root).EnumerateFiles("Directory.*.props"))
            .Where(f => !f.FullName.Contains("/obj/", StringComparison.Ordinal) && !f.FullName.Contains("/bin/", StringComparison.Ordinal));

    private static FileStream Alone(string path)
    {
        for (var until = DateTime.UtcNow.AddMinutes(10); ; Thread.Sleep(200))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < until)
            {
                // Another test program is building the package.
            }
        }
    }
}
