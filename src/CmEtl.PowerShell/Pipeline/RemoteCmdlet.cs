using System.Management.Automation;
using System.Reflection;
using CmEtl.Aws;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A cmdlet that works on a database, or on AWS. On AWS it uses the database only to read the ledger.</summary>
public abstract class RemoteCmdlet : EngineCmdlet
{
    private bool _ledgerIsAway;

    private protected RemoteCmdlet()
    {
    }

    /// <summary>Region, such as us-east-1. The default is that of the ARN, the environment or the profile.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS configuration files. The default is AWS_PROFILE.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Service address to use instead of the region's, such as a private endpoint or a test server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    private protected AwsConnection Aws => new(Region, ProfileName, EndpointUrl);

    /// <summary>Refuses parameters of the database connection together with -FunctionName.</summary>
    private protected void RefuseDatabaseParameters(string consequence, string remedy)
    {
        // Only what the command line names. A connection from the pipeline is allowed.
        var named = typeof(EngineCmdlet).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(p => p.Name).Where(MyInvocation.BoundParameters.ContainsKey).Order(StringComparer.Ordinal).ToList();
        if (named.Count > 0)
        {
            var error = new CmEtlException(
                ErrorKind.Configuration, ErrorIds.ParameterConflict,
                $"-{string.Join(", -", named)} cannot be used with -FunctionName: the function connects with its own settings. {consequence}", remedy) { Subject = named[0] };
            ThrowTerminatingError(error.ToErrorRecord(named[0]));
        }
    }

    /// <summary>Starts an execution, then waits for its end or writes its current status.</summary>
    /// <param name="arn">ARN of the state machine or the execution. Its region is the default.</param>
    /// <param name="begin">Starts it and returns its ARN.</param>
    /// <param name="wait">Whether to wait.</param>
    private protected void StartExecution(string arn, Func<ExecutionService, CancellationToken, Task<string>> begin, bool wait)
    {
        using var client = Aws.For(arn).OpenStepFunctions();
        var executions = new ExecutionService(client);
        var execution = Run(cancel => begin(executions, cancel));
        if (wait)
        {
            Watch(executions, execution);
        }
        else
        {
            WriteObject(Run(cancel => Watcher(executions).LookAsync(execution, cancel)));
        }
    }

    /// <summary>Reads the status of executions. Failures to read it become warnings.</summary>
    private protected ExecutionWatch Watcher(ExecutionService executions) => new(
        executions, WithLedgerAsync, new PumpProgress<EtlExecution>(Pump, e => WriteProgress(RunProgress.Of(e))), text =>
            Pump.Post(() => WriteWarning(text)));

    /// <summary>Waits for an execution's end and writes it. Writes an error if it did not succeed.</summary>
    private protected void Watch(ExecutionService executions, string executionArn)
    {
        var (end, unseen) = Run(cancel => Watcher(executions).WaitAsync(executionArn, cancel));
        WriteProgress(RunProgress.End(end));
        WriteObject(end);
        if (unseen is not null)
        {
            WriteError(unseen.ToErrorRecord(executionArn));
        }
        else if (end.State != ExecutionState.Succeeded)
        {
            WriteError(ErrorRecords.ExecutionFailed(end));
        }
    }

    /// <summary>Adds the run from the ledger to the execution, if a database is configured and responds.</summary>
    private protected async Task<EtlExecution> WithLedgerAsync(EtlExecution execution, CancellationToken cancel)
    {
        if (execution.RunId is null || _ledgerIsAway)
        {
            return execution;
        }

        try
        {
            return execution with { Run = await Engine.GetStatusAsync(execution.RunId, cancel) };
        }
        catch (CmEtlException error)
        {
            // Often only the function can reach the database. That is not an error, and the ledger is not read again.
            _ledgerIsAway = true;
            Pump.Post(() => WriteVerbose($"The ledger could not be read: {error.Message}"));
            return execution;
        }
    }
}
