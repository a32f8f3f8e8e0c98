using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Asks a run to stop after the chunks in work, or aborts an execution on Step Functions, whose chunks in work end by themselves.
/// It can be resumed, unless it is abandoned.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "CmEtl", SupportsShouldProcess = true, DefaultParameterSetName = RunSet)]
[OutputType(typeof(EtlStatus), ParameterSetName = [RunSet])]
[OutputType(typeof(EtlExecution), ParameterSetName = [ExecutionSet])]
public sealed class StopCmEtlCommand : RemoteCmdlet
{
    private const string RunSet = "Run";
    private const string ExecutionSet = "Execution";

    /// <summary>Id of the run; the newest by default. An execution names its own.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = RunSet)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// Give the run up for good and release the marks of its unfinished chunks. It can never be resumed. Asks before, unless -Force or
    /// -Confirm:$false is given.
    /// </summary>
    [Parameter(ParameterSetName = RunSet)]
    public SwitchParameter Abandon { get; set; }

    /// <summary>With -Abandon: also while somebody works on the run. Its workers are fenced off and can commit nothing any more.</summary>
    [Parameter(ParameterSetName = RunSet)]
    public SwitchParameter Force { get; set; }

    // In both sets: the pipeline binds what the default set takes, and an execution has the id of its run as well.

    /// <summary>The ARN of the execution to abort.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RunSet, DontShow = true)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ExecutionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExecutionArnCompleter))]
    public string ExecutionArn { get; set; } = "";

    /// <summary>Why, for the ledger or the execution's history: one line.</summary>
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
        !Abandon || Force || IsDryRun || MayGiveUp($"{(RunId is null ? "The newest run" : $"Run {RunId}")} on {Target} can never be resumed after -Abandon.");

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
