[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CmEtl.Tests;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The manifest of the module that is tested: the package's where build.ps1 runs the tests, else what the build has assembled.</summary>
    public static string Module { get; } =
        Environment.GetEnvironmentVariable("CMETL_MODULE") is { Length: > 0 } named ? named : Path.Combine(Root, "output", "CmEtl", "CmEtl.psd1");

    public static string Cli { get; } = Path.Combine(Root, "output", "bin", "cmetl.dll");

    public static string Neighbour { get; } =
        Path.Combine(AppContext.BaseDirectory.Replace("CmEtl.Module.Tests", "CmEtl.Neighbour", StringComparison.Ordinal), "CmEtl.Neighbour.dll");

    public static string CmdletSources { get; } = Path.Combine(Root, "src", "CmEtl.PowerShell");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CmEtl.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
