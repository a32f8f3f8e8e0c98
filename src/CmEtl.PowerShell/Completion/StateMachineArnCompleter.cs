using System.Collections;
using Amazon.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>Completes ARNs of state machines. Lists and matches them by name.</summary>
public sealed class StateMachineArnCompleter : StepFunctionsCompleter
{
    private protected override async Task<IEnumerable<Choice>> FindAsync(AmazonStepFunctionsClient client, IDictionary bound,
        CancellationToken cancel) =>
        (await MachinesAsync(client, cancel)).Select(m => new Choice(m.StateMachineArn, Describe(m), m.Name));
}
