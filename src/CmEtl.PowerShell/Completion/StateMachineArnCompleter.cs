using System.Collections;
using CmEtl.Aws.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>Completes ARNs of state machines, listed and found by their names.</summary>
public sealed class StateMachineArnCompleter : StepFunctionsCompleter
{
    private protected override async Task<IEnumerable<Choice>> FindAsync(StepFunctionsClient client, IDictionary bound, CancellationToken cancel) =>
        (await MachinesAsync(client, cancel)).Select(m => new Choice(m.StateMachineArn, Describe(m), m.Name));
}
