using System.Collections;
using System.Globalization;
using Amazon.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>Completes ARNs of executions, newest first: of the state machine typed so far, or of the newest state machines.</summary>
public sealed class ExecutionArnCompleter : StepFunctionsCompleter
{
    private const int MostMachines = 5;
    private const int MostExecutions = 20;

    private protected override async Task<IEnumerable<Choice>> FindAsync(AmazonStepFunctionsClient client, IDictionary bound,
        CancellationToken cancel)
    {
        IEnumerable<string> machines = Text(bound, nameof(StartCmEtlCommand.StateMachineArn)) is { } typed
            ? [typed]
            : (await MachinesAsync(client, cancel)).Take(MostMachines).Select(m => m.StateMachineArn);
        var pages = await Task.WhenAll(machines.Select(m =>
            client.ListExecutionsAsync(new() { StateMachineArn = m, MaxResults = MostExecutions }, cancel)));
        return pages.SelectMany(p => p.Executions).OrderByDescending(e => e.StartDate).Select(e => new Choice(
            e.ExecutionArn, string.Create(CultureInfo.InvariantCulture, $"{e.Status}, started {e.StartDate:yyyy-MM-dd HH:mm}"), e.Name));
    }
}
