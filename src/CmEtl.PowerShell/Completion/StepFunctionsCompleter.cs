using System.Collections;
using System.Globalization;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions;
using CmEtl.Aws;

namespace CmEtl.PowerShell;

/// <summary>Completes values from Step Functions, using the region, the profile and the endpoint typed so far.</summary>
public abstract class StepFunctionsCompleter : CmCompleter
{
    // The service's maximum per page. State machines beyond it are not completed.
    private const int Page = 1_000;

    private protected StepFunctionsCompleter()
    {
    }

    private protected sealed override async Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel)
    {
        var aws = new AwsConnection(
            Text(bound, nameof(RemoteCmdlet.Region)), Text(bound, nameof(RemoteCmdlet.ProfileName)),
            Text(bound, nameof(RemoteCmdlet.EndpointUrl)));
        using var client = aws.For(Text(bound, nameof(StartCmEtlCommand.StateMachineArn))).OpenStepFunctions();
        return await FindAsync(client, bound, cancel);
    }

    private protected abstract Task<IEnumerable<Choice>> FindAsync(AmazonStepFunctionsClient client, IDictionary bound,
        CancellationToken cancel);

    private protected static async Task<IEnumerable<StateMachineListItem>> MachinesAsync(AmazonStepFunctionsClient client,
        CancellationToken cancel) =>
        (await client.ListStateMachinesAsync(new() { MaxResults = Page }, cancel)).StateMachines.OrderByDescending(m => m.CreationDate);

    private protected static string Describe(StateMachineListItem machine) =>
        string.Create(CultureInfo.InvariantCulture, $"{machine.Type}, created {machine.CreationDate:yyyy-MM-dd}");
}
