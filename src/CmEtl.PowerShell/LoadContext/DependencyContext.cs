using System.Reflection;
using System.Runtime.Loader;

namespace CmEtl.PowerShell;

/// <summary>
/// Isolates the engine and its packages from those of other modules, as described in
/// https://learn.microsoft.com/powershell/scripting/dev-cross-plat/resolving-dependency-conflicts.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    // The only package whose types are passed between the cmdlets and the engine. Both sides must use the same copy,
    // and a host may already have loaded its own.
    private const string Shared = "Microsoft.Extensions.Logging.Abstractions";

    private static readonly DependencyContext Instance = new();

    private readonly string _folder = Path.Combine(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!, "deps");

    private DependencyContext()
        : base("CmEtl")
    {
    }

    /// <summary>Resolves only our own assemblies for the default context. Other modules must not get our packages.</summary>
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
