using System.Management.Automation;
using System.Runtime.Loader;

namespace CmEtl.PowerShell;

/// <summary>Registers the load context when the module is imported, and stops background runs when it is removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // PowerShell can import the module again without removing it from other runspaces first. Register only once.
        AssemblyLoadContext.Default.Resolving -= DependencyContext.Resolve;
        AssemblyLoadContext.Default.Resolving += DependencyContext.Resolve;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // The handler stays, because other runspaces may use the module. It resolves only our own assemblies.
        BackgroundRuns.CancelAll();
    }
}
