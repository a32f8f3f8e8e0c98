using Amazon.Runtime;
using CmEtl.Aws.StepFunctions;

namespace CmEtl.Aws.Deployment;

/// <summary>Points an alias to one version: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html.</summary>
internal sealed class AliasDeployer(IStepFunctions service)
{
    /// <returns>The alias.</returns>
    public async Task<string> PointAsync(string machineArn, string alias, string versionArn, CancellationToken cancel)
    {
        var arn = $"{machineArn}:{alias}";
        IReadOnlyList<RoutingConfigurationListItem> route = [new() { StateMachineVersionArn = versionArn, Weight = 100 }];
        try
        {
            var current = await service.DescribeStateMachineAliasAsync(new() { StateMachineAliasArn = arn }, cancel);
            if (!current.RoutingConfiguration.SequenceEqual(route))
            {
                await service.UpdateStateMachineAliasAsync(new() { StateMachineAliasArn = arn, RoutingConfiguration = route }, cancel);
            }

            return arn;
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceNotFound")
        {
            var created = await service.CreateStateMachineAliasAsync(new() { Name = alias, RoutingConfiguration = route }, cancel);
            return created.StateMachineAliasArn;
        }
    }
}
