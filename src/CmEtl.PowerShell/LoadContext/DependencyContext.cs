using System.Reflection;
using System.Runtime.Loader;

namespace CmEtl.PowerShell;

/// <summary>
/// Holds the engine and its packages apart from those of other modules, as described in
/// https://learn.microsoft.com/powershell/scripting/dev-cross-plat/resolving-dependency-conflicts.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    // The one foreign assembly whose types pass between the cmdlets and the engine: both sides must mean the same copy,
    // and a host may already have loaded its own.
    private const string Shared = "Microsoft.Extensions.Logging.Abstractions";

    private static readonly DependencyContext Instance = new();

    private readonly string _folder = Path.Combine(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!, "deps");

    private DependencyContext()
        : base("CmEtl")
    {
    }

    /// <summary>Answers the default context for our own assemblies only: other modules must not be served our packages.</summary>
    public static Assembly? Resolve(AssemblyLoadContext asking, AssemblyName name) =>
        name.Name is { } simple && (simple.StartsWith("CmEtl.", StringComparison.Ordinal) || simple == Shared) ? Instance.FromFolder(name) : null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Shared ? Default.LoadFromAssemblyName(assemblyName) : FromFolder(assemblyName);

    private Assembly? FromFolder(AssemblyName name)
    {
        var path = Path.Combine(_folder, name.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
