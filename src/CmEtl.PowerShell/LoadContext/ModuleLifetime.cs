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
        AddDurations();
    }

    /// <summary>
    /// Loads the types file. Not with TypesToProcess: a second import from another folder would fail at the members that are already there.
    /// </summary>
    private static void AddDurations()
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
        catch (CommandNotFoundException)
        {
            // A host without PowerShell's own modules runs no scripts that use the durations.
        }
        catch (CmdletInvocationException error) when (error.InnerException is CommandNotFoundException)
        {
            // The same, from a nested pipeline.
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // The handler stays, because other runspaces may use the module. It resolves only our own assemblies.
        BackgroundRuns.CancelAll();
    }
}
