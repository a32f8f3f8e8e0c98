namespace CmEtl.Testing;

/// <summary>The folders and programs that tests use.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The manifest of the module under test: the package's when build.ps1 runs the tests, otherwise the one from the build.
    /// </summary>
    public static string Module { get; } =
        Environment.GetEnvironmentVariable("CMETL_MODULE") is { Length: > 0 } named ? named : Path.Combine(Root, "output", "CmEtl", "CmEtl.psd1");

    /// <summary>The assembly of <c>cmetl</c>.</summary>
    public static string Cli { get; } = Path.Combine(Root, "output", "bin", "cmetl.dll");

    /// <summary>The sources of the cmdlets.</summary>
    public static string CmdletSources { get; } = Path.Combine(Root, "src", "CmEtl.PowerShell");

    /// <summary>An assembly that was built together with the calling tests, in the same configuration.</summary>
    /// <param name="tests">The project of the calling tests.</param>
    /// <param name="project">The project of the assembly.</param>
    public static string Beside(string tests, string project) =>
        Path.Combine(AppContext.BaseDirectory.Replace(tests, project, StringComparison.Ordinal), project + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CmEtl.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
