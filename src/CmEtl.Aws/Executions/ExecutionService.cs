using System.Globalization;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Starts, watches, stops and redrives the pipeline on Step Functions.</summary>
public sealed class ExecutionService(IAmazonStepFunctions service)
{
    private readonly HistoryReader _history = new(service);

    /// <summary>Creates a name for a new execution and its run, in the format of run ids, from this computer's clock in UTC.</summary>
    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>
    /// Starts an execution. The name is chosen before the first request. If a reply is lost and the request is sent again, it finds the
    /// execution that it started and does not start a second one.
    /// </summary>
    /// <param name="stateMachineArn">ARN of the state machine, a version or an alias.</param>
    /// <param name="name">Name of the execution, and id of a run that it starts.</param>
    /// <param name="startAfresh">Whether an unfinished run is abandoned.</param>
    /// <param name="cancel">Cancels the call, not the execution.</param>
    /// <returns>The execution's ARN.</returns>
    /// <exception cref="CmEtlException">The name is not a valid run id. Nothing was started.</exception>
    public async Task<string> StartAsync(string stateMachineArn, string name, bool startAfresh, CancellationToken cancel)
    {
        if (!RunId.IsValid(name))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidRunId,
                $"{PlainText.Printable(name)} is not a valid name of an execution, because the name is also the id of its run. Nothing was started.",
                $"Use {RunId.Allowed}.") { Subject = name };
        }

        var asked = DateTime.UtcNow;
        var request = new StartExecutionRequest { StateMachineArn = stateMachineArn, Name = name, Input = startAfresh ? """{"new":true}""" : "{}" };
        try
        {
            return (await service.StartExecutionAsync(request, cancel)).ExecutionArn;
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ExecutionAlreadyExists")
        {
            if (await FindStartedAsync(request, asked, cancel) is { } started)
            {
                return started;
            }

            throw;
        }
    }

    /// <summary>
    /// Continues a failed execution from the state that failed:
    /// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html.
    /// </summary>
    public Task RedriveAsync(string executionArn, CancellationToken cancel) =>
        service.RedriveExecutionAsync(new() { ExecutionArn = executionArn, ClientToken = Guid.NewGuid().ToString() }, cancel);

    /// <summary>Aborts an execution. Chunks in progress still finish. The run can be resumed.</summary>
    public Task StopAsync(string executionArn, string reason, CancellationToken cancel) =>
        service.StopExecutionAsync(new() { ExecutionArn = executionArn, Error = "CmEtl.Stopped", Cause = reason }, cancel);

    /// <summary>Finds the newest execution that is neither running nor succeeded, with the given name if there is one.</summary>
    /// <exception cref="CmEtlException">There is no such execution.</exception>
    public async Task<string> FindUnfinishedAsync(string stateMachineArn, string? name, CancellationToken cancel)
    {
        var pages = Pages.ReadAsync(
            token => service.ListExecutionsAsync(new() { StateMachineArn = stateMachineArn, NextToken = token }, cancel), p =>
                p.NextToken, cancel);
        await foreach (var page in pages)
        {
            var found = page.Executions.Find(e => e.Status.Value is not ("RUNNING" or "SUCCEEDED") && (name is null || e.Name == name));
            if (found is not null)
            {
                return found.ExecutionArn;
            }
        }

        throw new CmEtlException(
            ErrorKind.Permanent, ErrorIds.NothingToRedrive,
            $"{stateMachineArn} has no failed execution{(name is null ? "" : $" {name}")}.", "Leave out -Redrive to start a new one.")
        {
            Subject = name ?? stateMachineArn,
        };
    }

    /// <summary>Reads the current status without the whole history. Cheap enough to be called every few seconds.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <param name="knownRunId">Id of the run if it is known. It never changes and is not read again.</param>
    public async Task<EtlExecution> GetAsync(string executionArn, CancellationToken cancel, string? knownRunId = null)
    {
        var now = await service.DescribeExecutionAsync(new() { ExecutionArn = executionArn }, cancel);
        var started = new DateTimeOffset(now.StartDate!.Value);
        return new EtlExecution
        {
            ExecutionArn = now.ExecutionArn,
            StateMachineArn = now.StateMachineArn,
            Name = now.Name ?? executionArn.Split(':')[^1],
            RunId = knownRunId ?? await _history.RunIdAsync(executionArn, cancel),
            State = State(now.Status),
            Step = await _history.StepAsync(executionArn, cancel),
            StartedAt = started,
            FinishedAt = now.StopDate,
            Elapsed = (now.StopDate ?? DateTimeOffset.UtcNow) - started,
            RedriveCount = now.RedriveCount ?? 0,
            Redrivable = now.RedriveStatus?.Value == "REDRIVABLE",
            Error = now.Error ?? "",
            Reason = Cause.Message(now.Cause),
            MapRun = await MapRunAsync(executionArn, cancel),
        };
    }

    /// <summary>Reads the current status with every failed state.</summary>
    public async Task<EtlExecution> GetWithFailuresAsync(string executionArn, CancellationToken cancel) =>
        await WithFailuresAsync(await GetAsync(executionArn, cancel), cancel);

    internal async Task<EtlExecution> WithFailuresAsync(EtlExecution execution, CancellationToken cancel) =>
        await _history.FailuresAsync(execution.ExecutionArn, cancel) is var (failures, path)
            ? execution with { FailedStates = failures, Path = path }
            : execution;

    // The service returns the same execution for a repeated request only while it is running. Afterwards it refuses the name:
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html. An execution with the same input that started
    // after the request is ours. If the local clock is ahead of the service's, it is not recognized, and the refusal is reported.
    private async Task<string?> FindStartedAsync(StartExecutionRequest request, DateTime asked, CancellationToken cancel)
    {
        var parts = request.StateMachineArn!.Split(':');
        if (parts is not [_, _, _, _, _, "stateMachine", _, ..])
        {
            return null;
        }

        var arn = string.Join(':', [.. parts[..5], "execution", parts[6], request.Name!]);
        var there = await service.DescribeExecutionAsync(new() { ExecutionArn = arn }, cancel);
        return there.Input == request.Input && there.StartDate >= asked - TimeSpan.FromSeconds(1) ? there.ExecutionArn : null;
    }

    private static ExecutionState State(ExecutionStatus status) =>
        Enum.TryParse<ExecutionState>(status.Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var state)
            && state != ExecutionState.Unknown && Enum.IsDefined(state) && !char.IsAsciiDigit(status.Value[0])
            ? state
            : throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.UnexpectedReply, $"The answer to DescribeExecution has the unknown status {PlainText.Printable(status.Value)}.",
                "Update the module. The execution continues. Check it in the AWS console.");

    private async Task<MapRunStatus?> MapRunAsync(string executionArn, CancellationToken cancel)
    {
        var runs = (await service.ListMapRunsAsync(new() { ExecutionArn = executionArn }, cancel)).MapRuns;
        if (runs.Count == 0)
        {
            return null;
        }

        var run = await service.DescribeMapRunAsync(new() { MapRunArn = runs.MaxBy(r => r.StartDate)!.MapRunArn }, cancel);
        var (items, batches) = (run.ItemCounts, run.ExecutionCounts);
        return new MapRunStatus(
            run.MapRunArn, run.Status, items.Total ?? 0, items.Succeeded ?? 0, (items.Failed + items.TimedOut + items.Aborted) ?? 0,
            batches.Total ?? 0, batches.Running ?? 0);
    }
}
