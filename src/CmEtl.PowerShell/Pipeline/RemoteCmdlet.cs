using System.Management.Automation;
using System.Reflection;
using CmEtl.Aws;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A cmdlet that works on a database, or on AWS and then asks the database only for the ledger.</summary>
public abstract class RemoteCmdlet : EngineCmdlet
{
    private bool _ledgerIsAway;

    private protected RemoteCmdlet()
    {
    }

    /// <summary>Region, like us-east-1; that of the ARN, the environment or the profile by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS configuration files; AWS_PROFILE by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Address of the service instead of the region's own: a private endpoint, a test server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    private protected AwsConnection Aws => new(Region, ProfileName, EndpointUrl);

    /// <summary>Refuses a command line that says how to reach a database when the function does the work.</summary>
    private protected void RefuseDatabaseParameters(string consequence, string remedy)
    {
        // What the command line names; a pipeline may bring a connection along.
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

    /// <summary>Starts an execution, then waits for its end or writes what it is now.</summary>
    /// <param name="arn">Of the machine or the execution; its region is the default.</param>
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

    /// <summary>Looks at executions of this service; what cannot be seen becomes a warning.</summary>
    private protected ExecutionWatch Watcher(ExecutionService executions) => new(
        executions, WithLedgerAsync, new PumpProgress<EtlExecution>(Pump, e => WriteProgress(RunProgress.Of(e))), text =>
            Pump.Post(() => WriteWarning(text)));

    /// <summary>Waits for an execution's end, writes it, and an error when it did not succeed.</summary>
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

    /// <summary>The execution with what the ledger says of its run, where a database is configured and answers.</summary>
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
            // Often nobody but the function reaches the database: not being able to ask is no failure, and not asked again.
            _ledgerIsAway = true;
            Pump.Post(() => WriteVerbose($"The ledger was not asked: {error.Message}"));
            return execution;
        }
    }
}
