using System.Management.Automation;
using System.Runtime.Loader;

namespace CmEtl.PowerShell;

/// <summary>Connects the load context when the module is imported, and ends background runs when it is removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // PowerShell imports a module again without removing it from other runspaces first: never be registered twice.
        AssemblyLoadContext.Default.Resolving -= DependencyContext.Resolve;
        AssemblyLoadContext.Default.Resolving += DependencyContext.Resolve;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // The handler stays: other runspaces of this process may hold the module, and it answers for our own assemblies only.
        BackgroundRuns.CancelAll();
    }
}
