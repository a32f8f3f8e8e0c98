using CmEtl.Aws.Executions;

namespace CmEtl.PowerShell;

/// <summary>What Start-CmEtl was asked to start on Step Functions: an execution, or the redrive of one that failed.</summary>
/// <param name="StateMachineArn">The state machine. Required unless an execution is redriven by its ARN.</param>
/// <param name="ExecutionArn">The execution to redrive. Null if it was not named.</param>
/// <param name="Name">Name of the execution and id of its run. If null or empty, a name is created.</param>
/// <param name="New">Whether an unfinished run is abandoned.</param>
/// <param name="Redrive">Whether an execution continues from the state that failed.</param>
internal sealed record ExecutionStart(string? StateMachineArn, string? ExecutionArn, string? Name, bool New, bool Redrive)
{
    /// <summary>Starts or redrives the execution.</summary>
    /// <returns>ARN of the execution.</returns>
    public async Task<string> BeginAsync(ExecutionService executions, CancellationToken cancel)
    {
        var name = string.IsNullOrEmpty(Name) ? null : Name;
        if (!Redrive)
        {
            return await executions.StartAsync(StateMachineArn!, name ?? ExecutionService.NewName(), New, cancel);
        }

        var failed = ExecutionArn ?? await executions.FindUnfinishedAsync(StateMachineArn!, name, cancel);
        await executions.RedriveAsync(failed, cancel);
        return failed;
    }
}
