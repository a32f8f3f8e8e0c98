using System.Collections;
using Amazon.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>Completes names of state machines.</summary>
public sealed class StateMachineNameCompleter : StepFunctionsCompleter
{
    private protected override async Task<IEnumerable<Choice>> FindAsync(AmazonStepFunctionsClient client, IDictionary bound,
        CancellationToken cancel) =>
        (await MachinesAsync(client, cancel)).Select(m => new Choice(m.Name, Describe(m)));
}
