using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Shows the newest runs with one record per run or per chunk, or an execution with its failed states and its run in one record.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CmEtlStatus", DefaultParameterSetName = OneSet)]
[OutputType(typeof(EtlStatus), typeof(ChunkInfo), ParameterSetName = [OneSet, LastSet])]
[OutputType(typeof(EtlExecution), ParameterSetName = [ExecutionSet])]
public sealed class GetCmEtlStatusCommand : RemoteCmdlet
{
    private const string OneSet = "One";
    private const string LastSet = "Last";
    private const string ExecutionSet = "Execution";

    /// <summary>Id of the run. The default is the newest run. An execution has its own run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Shows this many runs, newest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet)]
    [ValidateRange(1, 1000)]
    public int Last { get; set; }

    // In both sets, because the pipeline binds to the default set first and an execution also has the property RunId.

    /// <summary>ARN of an execution on Step Functions. Its run is also shown if the database can be reached.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet, DontShow = true)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ExecutionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExecutionArnCompleter))]
    public string ExecutionArn { get; set; } = "";

    /// <summary>Waits until the execution has ended and shows its progress.</summary>
    [Parameter(ParameterSetName = ExecutionSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// Also reads the function's log: the lines of failed chunks, or the run's warnings and errors if no chunk failed.
    /// </summary>
    [Parameter(ParameterSetName = ExecutionSet)]
    public SwitchParameter IncludeLog { get; set; }

    /// <summary>Shows chunks instead of runs. Each has the id of its run, so it can be piped to Invoke-CmChunk.</summary>
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
