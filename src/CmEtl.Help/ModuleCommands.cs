using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CmEtl.Help;

/// <summary>The cmdlets of a module as PowerShell itself sees them.</summary>
internal static class ModuleCommands
{
    /// <summary>Imports the module and asks for its cmdlets, in order of their names.</summary>
    public static IReadOnlyList<CmdletInfo> Read(string manifest)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru")
            .AddParameter("ErrorAction", ActionPreference.Stop);
        var module = (PSModuleInfo)shell.Invoke().Single().BaseObject;
        return [.. module.ExportedCmdlets.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];
    }
}
