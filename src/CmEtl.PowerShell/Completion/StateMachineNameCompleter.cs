using System.Collections;
using CmEtl.Aws.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>Completes names of state machines.</summary>
public sealed class StateMachineNameCompleter : StepFunctionsCompleter
{
    private protected override async Task<IEnumerable<Choice>> FindAsync(StepFunctionsClient client, IDictionary bound, CancellationToken cancel) =>
        (await MachinesAsync(client, cancel)).Select(m => new Choice(m.Name, Describe(m)));
}
