using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>Takes what New-CmSandbox and Connect-CmDatabase return for the connection that it has.</summary>
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
