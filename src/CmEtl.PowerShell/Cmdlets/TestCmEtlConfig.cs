using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Looks at settings, connection, schemas, reference data and privileges. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CmEtlConfig")]
[OutputType(typeof(Finding))]
public sealed class TestCmEtlConfigCommand : EngineCmdlet
{
    private protected override void Process() => WriteObject(Run("Looking at the database", Engine.CheckAsync), enumerateCollection: true);

    // Settings that no engine can be made of are what this cmdlet is asked about: an answer, not an error.
    private protected override void Fail(CmEtlException error)
    {
        if (error.Kind != ErrorKind.Configuration)
        {
            base.Fail(error);
        }

        WriteObject(new Finding(FindingSeverity.Error, "Settings", error.Message, error.Remedy));
    }
}
