using System.Collections;
using Amazon.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>Completes ARNs of state machines, listed and found by their names.</summary>
public sealed class StateMachineArnCompleter : StepFunctionsCompleter
{
    private protected override async Task<IEnumerable<Choice>> FindAsync(AmazonStepFunctionsClient client, IDictionary bound,
        CancellationToken cancel) =>
        (await MachinesAsync(client, cancel)).Select(m => new Choice(m.StateMachineArn, Describe(m), m.Name));
}
