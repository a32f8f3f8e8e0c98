using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Replaces the output of New-CmSandbox or Connect-CmDatabase by its connection.</summary>
internal sealed class ConnectionTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Transform(inputData);

    public static object Transform(object inputData) =>
        (inputData is PSObject shell ? shell.BaseObject : inputData) switch
        {
            CmSandbox sandbox => sandbox.Connection,
            CmDatabase database => database.Connection,
            var other => other,
        };
}
