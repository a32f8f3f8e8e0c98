using System.Management.Automation;
using CmEtl.Aws.Lambda;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Checks settings, connection, schemas, reference data and privileges, from this process or from the Lambda function. Changes nothing.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CmEtlConfig", DefaultParameterSetName = HereSet)]
[OutputType(typeof(Finding))]
public sealed class TestCmEtlConfigCommand : RemoteCmdlet
{
    private const string HereSet = "Here";
    private const string FunctionSet = "Function";

    /// <summary>
    /// Lambda function that makes the checks instead of this process, with its own role and from its own network: name or ARN, with or
    /// without a version or an alias.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FunctionSet)]
    [ValidateNotNullOrEmpty]
    public string? FunctionName { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FunctionName is not null)
        {
            RefuseDatabaseParameters("Nothing was checked.", "Leave it out, or leave out -FunctionName to check from this process.");
        }
    }

    private protected override void Process()
    {
        var findings = FunctionName is null ? Run("Checking the database", Engine.CheckAsync) : Run($"Asking {FunctionName}", CheckThereAsync);
        WriteObject(findings.Select(ErrorRecords.Commands.Complete), enumerateCollection: true);
    }

    private async Task<IReadOnlyList<Finding>> CheckThereAsync(CancellationToken cancel)
    {
        using var client = Aws.For(FunctionName).OpenLambda();
        return await new RemoteCheck(client).RunAsync(FunctionName!, cancel);
    }

    // Invalid settings are a result of this cmdlet, not an error.
    private protected override void Fail(CmEtlException error)
    {
        if (error.Kind != ErrorKind.Configuration || FunctionName is not null)
        {
            base.Fail(error);
        }

        WriteObject(new Finding(FindingSeverity.Error, "Settings", error.Message, ErrorRecords.Commands.Remedy(error)));
    }
}
