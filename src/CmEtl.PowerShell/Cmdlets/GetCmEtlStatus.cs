using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Shows a run, or the newest ones: one record per run, or one per chunk. Or an execution, its failed states and its run in one record.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CmEtlStatus", DefaultParameterSetName = OneSet)]
[OutputType(typeof(EtlStatus), typeof(ChunkInfo), ParameterSetName = [OneSet, LastSet])]
[OutputType(typeof(EtlExecution), ParameterSetName = [ExecutionSet])]
public sealed class GetCmEtlStatusCommand : RemoteCmdlet
{
    private const string OneSet = "One";
    private const string LastSet = "Last";
    private const string ExecutionSet = "Execution";

    /// <summary>Id of the run; the newest by default. An execution names its own.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Show this many runs, newest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet)]
    [ValidateRange(1, 1000)]
    public int Last { get; set; }

    // In both sets: the pipeline binds what the default set takes, and an execution has the id of its run as well.

    /// <summary>The ARN of an execution on Step Functions. Its run is shown too where the database can be asked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet, DontShow = true)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ExecutionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExecutionArnCompleter))]
    public string ExecutionArn { get; set; } = "";

    /// <summary>Wait for the end of the execution, and show its progress until then.</summary>
    [Parameter(ParameterSetName = ExecutionSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// Read the function's log, too: the lines of the chunks that failed, or the run's warnings and errors when no chunk failed.
    /// </summary>
    [Parameter(ParameterSetName = ExecutionSet)]
    public SwitchParameter IncludeLog { get; set; }

    /// <summary>Show the chunks instead, each with the id of its run, so that they can be filtered and piped to Invoke-CmChunk.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [Parameter(ParameterSetName = LastSet)]
    public SwitchParameter Detailed { get; set; }

    private protected override void Process()
    {
        if (ExecutionArn.Length > 0)
        {
            using var client = Aws.For(ExecutionArn).OpenStepFunctions();
            var executions = new ExecutionService(client);
            if (Wait && IncludeLog)
            {
                throw new CmEtlException(
                    ErrorKind.Configuration, ErrorIds.ParameterConflict, "-IncludeLog cannot be used with -Wait.", "Wait first, then read the log.") { Subject = nameof(IncludeLog) };
            }

            if (Wait)
            {
                Watch(executions, ExecutionArn);
                return;
            }

            WriteObject(Run(async cancel =>
            {
                var execution = await WithLedgerAsync(await executions.GetWithFailuresAsync(ExecutionArn, cancel), cancel);
                using var logs = IncludeLog ? Aws.For(ExecutionArn).OpenLogs() : null;
                return logs is null ? execution : execution with { Log = await new FunctionLog(client, logs).ReadAsync(execution, cancel) };
            }));
            return;
        }

        var runs = Run(async cancel => ParameterSetName == LastSet
            ? await Engine.GetRunsAsync(Last, cancel)
            : [await Engine.GetStatusAsync(RunId, cancel)]);
        foreach (var run in runs)
        {
            if (Detailed)
            {
                WriteObject(Run(cancel => Engine.GetChunksAsync(run.RunId, cancel)), enumerateCollection: true);
            }
            else
            {
                WriteObject(run);
            }
        }
    }
}
