using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Stops a run after the chunks in progress, or aborts an execution on Step Functions, whose chunks in progress still finish.
/// The run can be resumed, unless it is abandoned.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "CmEtl", SupportsShouldProcess = true, DefaultParameterSetName = RunSet)]
[OutputType(typeof(EtlStatus), ParameterSetName = [RunSet])]
[OutputType(typeof(EtlExecution), ParameterSetName = [ExecutionSet])]
public sealed class StopCmEtlCommand : RemoteCmdlet
{
    private const string RunSet = "Run";
    private const string ExecutionSet = "Execution";

    /// <summary>Id of the run. The default is the newest run. An execution has its own run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = RunSet)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// Ends the run permanently and releases the marks of its unfinished chunks. The run can never be resumed. Asks for confirmation first,
    /// unless -Force or -Confirm:$false is given.
    /// </summary>
    [Parameter(ParameterSetName = RunSet)]
    public SwitchParameter Abandon { get; set; }

    /// <summary>With -Abandon: also abandons a run in progress. Its workers are fenced off and can no longer commit.</summary>
    [Parameter(ParameterSetName = RunSet)]
    public SwitchParameter Force { get; set; }

    // In both sets, because the pipeline binds to the default set first and an execution also has the property RunId.

    /// <summary>ARN of the execution to abort.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RunSet, DontShow = true)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ExecutionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExecutionArnCompleter))]
    public string ExecutionArn { get; set; } = "";

    /// <summary>Reason for the stop, as one line. The ledger or the execution's history records it.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    private protected override void Process()
    {
        if (ExecutionArn.Length > 0)
        {
            StopExecution();
        }
        else if (MayAbandon() && ShouldProcess($"{RunId ?? "the newest run"}, {Target}", Abandon ? "Abandon run" : "Stop run"))
        {
            WriteObject(Run(cancel => Engine.StopAsync(RunId, Abandon, Force, Reason, cancel)));
        }
    }

    private bool MayAbandon() =>
        !Abandon || Force || IsDryRun || MayDiscard($"{(RunId is null ? "The newest run" : $"Run {RunId}")} on {Target} can never be resumed after -Abandon.");

    private void StopExecution()
    {
        if (ShouldProcess(ExecutionArn, "Stop execution"))
        {
            using var client = Aws.For(ExecutionArn).OpenStepFunctions();
            var executions = new ExecutionService(client);
            WriteObject(Run(async cancel =>
            {
                await executions.StopAsync(ExecutionArn, Reason, cancel);
                return await Watcher(executions).LookAsync(ExecutionArn, cancel);
            }));
        }
    }
}
