namespace CmEtl.Cli;

/// <summary>Finds the module's manifest.</summary>
internal static class ModuleFile
{
    public static string Find()
    {
        var named = Environment.GetEnvironmentVariable("CMETL_MODULE");
        var home = AppContext.BaseDirectory;
        string[] candidates = string.IsNullOrEmpty(named)
            ? [Path.Combine(home, "CmEtl", "CmEtl.psd1"), Path.GetFullPath(Path.Combine(home, "..", "CmEtl", "CmEtl.psd1"))]
            : [named, Path.Combine(named, "CmEtl.psd1")];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new UsageException($"the CmEtl module is not at {string.Join(" or ", candidates)}; build it, or name it in CMETL_MODULE.");
    }
}
