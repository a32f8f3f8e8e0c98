using System.Management.Automation;
using System.Runtime.Loader;

namespace CmEtl.PowerShell;

/// <summary>Registers the load context and the types when the module is imported, and stops background runs when it is removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // PowerShell can import the module again without removing it from other runspaces first. Register only once.
        AssemblyLoadContext.Default.Resolving -= DependencyContext.Resolve;
        AssemblyLoadContext.Default.Resolving += DependencyContext.Resolve;
        LoadTypes();
    }

    /// <summary>
    /// Loads the types file once per session. TypesToProcess would load it at every import, and an import from a second folder would fail
    /// because the members already exist.
    /// </summary>
    private static void LoadTypes()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            if (shell.AddCommand("Get-TypeData").AddParameter("TypeName", "CmEtl.Engine.EtlStatus").Invoke().Count > 0)
            {
                return;
            }

            shell.Commands.Clear();
            var folder = Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location)!;
            shell.AddCommand("Update-TypeData").AddParameter("PrependPath", Path.Combine(folder, "CmEtl.Types.ps1xml")).Invoke();
        }
        catch (RuntimeException error) when ((error.InnerException ?? error) is CommandNotFoundException)
        {
            // A host without PowerShell's own modules runs no scripts that use the durations.
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // The handler stays, because other runspaces may use the module. It resolves only our own assemblies.
        BackgroundRuns.CancelAll();
    }
}
