using CmEtl.Aws.Executions;

namespace CmEtl.PowerShell;

/// <summary>What Start-CmEtl was asked to start on Step Functions: an execution, or the redrive of one that failed.</summary>
/// <param name="StateMachineArn">The machine; needed unless an execution is redriven by its ARN.</param>
/// <param name="ExecutionArn">The execution to redrive, if it was named.</param>
/// <param name="Name">Name of the execution, and id of its run; null or empty makes one up.</param>
/// <param name="New">Start afresh: an unfinished run is abandoned.</param>
/// <param name="Redrive">Take up an execution where it failed.</param>
internal sealed record ExecutionStart(string? StateMachineArn, string? ExecutionArn, string? Name, bool New, bool Redrive)
{
    /// <summary>Starts or redrives.</summary>
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
