using CmEtl.Aws.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Starts, watches, stops and redrives the pipeline on Step Functions.</summary>
public sealed class ExecutionService(IStepFunctions service)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    // Three to five calls a look; an account's calls of DescribeExecution refill by 10 to 15 a second:
    // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly HistoryReader _history = new(service);

    /// <summary>Starts an execution.</summary>
    /// <param name="stateMachineArn">The machine, one of its versions or an alias.</param>
    /// <param name="name">Its name, and the id of a run it begins; null makes one.</param>
    /// <param name="startAfresh">Whether an unfinished run is given up.</param>
    /// <param name="cancel">Ends the call, not the execution.</param>
    /// <returns>The execution's ARN.</returns>
    public async Task<string> StartAsync(string stateMachineArn, string? name, bool startAfresh, CancellationToken cancel)
    {
        var request = new StartExecutionRequest
        {
            StateMachineArn = stateMachineArn, Name = name, Input = startAfresh ? """{"new":true}""" : "{}",
        };
        return (await service.StartExecutionAsync(request, cancel)).ExecutionArn;
    }

    /// <summary>Takes up a failed execution where it failed: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html.</summary>
    public Task RedriveAsync(string executionArn, CancellationToken cancel) =>
        service.RedriveExecutionAsync(new() { ExecutionArn = executionArn, ClientToken = Guid.NewGuid().ToString() }, cancel);

    /// <summary>Aborts an execution. Chunks in work end by themselves; the run can be resumed.</summary>
    public Task StopAsync(string executionArn, string reason, CancellationToken cancel) =>
        service.StopExecutionAsync(new() { ExecutionArn = executionArn, Error = "CmEtl.Stopped", Cause = reason }, cancel);

    /// <summary>The newest execution of a machine that has not ended well, by name when one is given.</summary>
    /// <exception cref="CmEtlException">There is none.</exception>
    public async Task<string> FindUnfinishedAsync(string stateMachineArn, string? name, CancellationToken cancel)
    {
        var page = new ListExecutionsRequest { StateMachineArn = stateMachineArn };
        while (true)
        {
            var answer = await service.ListExecutionsAsync(page, cancel);
            var found = answer.Executions.FirstOrDefault(e => e.Status is not ("RUNNING" or "SUCCEEDED") && (name is null || e.Name == name));
            if (found is not null)
            {
                return found.ExecutionArn;
            }

            if (answer.NextToken is null)
            {
                throw new CmEtlException(
                    ErrorKind.Permanent, ErrorIds.NothingToRedrive,
                    $"{stateMachineArn} has no failed execution{(name is null ? "" : $" {name}")}.", "Start a new one: leave out -Redrive.")
                {
                    Subject = name ?? stateMachineArn,
                };
            }

            page = page with { NextToken = answer.NextToken };
        }
    }

    /// <summary>The execution as it stands, without what only its whole history tells: cheap enough to be asked every second.</summary>
    public Task<EtlExecution> GetAsync(string executionArn, CancellationToken cancel) => LookAsync(executionArn, null, cancel);

    /// <summary>The same with every state that failed.</summary>
    public async Task<EtlExecution> GetWithFailuresAsync(string executionArn, CancellationToken cancel) =>
        await GetAsync(executionArn, cancel) with { FailedStates = await _history.FailuresAsync(executionArn, cancel) };

    // The run never changes once it is known: it is not asked for again.
    private async Task<EtlExecution> LookAsync(string executionArn, string? knownRunId, CancellationToken cancel)
    {
        var now = await service.DescribeExecutionAsync(new() { ExecutionArn = executionArn }, cancel);
        return new EtlExecution
        {
            ExecutionArn = now.ExecutionArn,
            StateMachineArn = now.StateMachineArn,
            Name = now.Name,
            RunId = knownRunId ?? await _history.RunIdAsync(executionArn, cancel),
            State = Enum.Parse<ExecutionState>(now.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            Step = await _history.StepAsync(executionArn, cancel),
            StartedAt = now.StartDate,
            FinishedAt = now.StopDate,
            Elapsed = (now.StopDate ?? DateTimeOffset.UtcNow) - now.StartDate,
            RedriveCount = now.RedriveCount ?? 0,
            Redrivable = now.RedriveStatus == "REDRIVABLE",
            Error = now.Error ?? "",
            Reason = Cause.Message(now.Cause),
            MapRun = await MapRunAsync(executionArn, cancel),
        };
    }

    /// <summary>Waits for an execution's end.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="complete">Adds what others know of it.</param>
    /// <param name="progress">Is told every picture.</param>
    /// <param name="cancel">Ends the wait, not the execution.</param>
    /// <returns>How it ended, with every state that failed.</returns>
    public async Task<EtlExecution> WaitAsync(
        string executionArn, Func<EtlExecution, CancellationToken, Task<EtlExecution>> complete, IProgress<EtlExecution> progress,
        CancellationToken cancel)
    {
        string? runId = null;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var now = await complete(await LookAsync(executionArn, runId, cancel), cancel);
            runId = now.RunId;
            progress.Report(now);
            if (now.State != ExecutionState.Running)
            {
                return now with { FailedStates = await _history.FailuresAsync(executionArn, cancel) };
            }

            await Task.Delay(pause, cancel);
        }
    }

    private async Task<MapRunStatus?> MapRunAsync(string executionArn, CancellationToken cancel)
    {
        var runs = (await service.ListMapRunsAsync(new() { ExecutionArn = executionArn }, cancel)).MapRuns;
        if (runs.Count == 0)
        {
            return null;
        }

        var run = await service.DescribeMapRunAsync(new() { MapRunArn = runs.MaxBy(r => r.StartDate)!.MapRunArn }, cancel);
        var (items, batches) = (run.ItemCounts ?? new(), run.ExecutionCounts ?? new());
        return new MapRunStatus(
            run.MapRunArn, run.Status, items.Total, items.Succeeded, items.Failed + items.TimedOut + items.Aborted, batches.Total, batches.Running);
    }
}
