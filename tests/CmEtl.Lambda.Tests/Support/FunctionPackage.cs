using System.Diagnostics;

namespace CmEtl.Lambda.Tests;

/// <summary>The deployment package, made once per test run as build.ps1 makes it.</summary>
internal static class FunctionPackage
{
    private static readonly Lazy<string> Made = new(Make);

    public static string Zip => Made.Value;

    private static string Make()
    {
        var root = Root();
        var zip = Path.Combine(root, "output", "cmetl-lambda.zip");
        File.Delete(zip);
        var start = new ProcessStartInfo("dotnet", ["publish", "src/CmEtl.Lambda", "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false"])
        {
            WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // What the test host was told about its own SDK is not meant for this build.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 && File.Exists(zip) ? zip : throw new InvalidOperationException(output + errors.Result);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CmEtl.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
