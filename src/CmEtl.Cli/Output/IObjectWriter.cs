using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>Writes the objects of a pipeline to standard output.</summary>
internal interface IObjectWriter
{
    /// <summary>Called for each object as it comes.</summary>
    void Write(PSObject value);

    /// <summary>Called once after the last.</summary>
    void End();
}
