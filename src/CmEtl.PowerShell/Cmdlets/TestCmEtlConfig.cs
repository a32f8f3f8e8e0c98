using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Looks at settings, connection, schemas, reference data and privileges. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CmEtlConfig")]
[OutputType(typeof(Finding))]
public sealed class TestCmEtlConfigCommand : EngineCmdlet
{
    private protected override void Process() => WriteObject(Run(Engine.CheckAsync), enumerateCollection: true);
}
