using System.Globalization;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>
/// Versions and aliases of a state machine: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html.
/// </summary>
public sealed class MachineVersions(IAmazonStepFunctions service)
{
    private const int All = 100;

    /// <summary>Points an alias back: removes a weight if one is set, or else selects the previous version.</summary>
    /// <param name="machineName">Name of the state machine.</param>
    /// <param name="machineArn">ARN of the state machine.</param>
    /// <param name="alias">Name of the alias.</param>
    /// <param name="version">The version to point to. Null selects the previous one.</param>
    /// <param name="whatIf">Whether nothing is written.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="CmEtlException">The version does not exist.</exception>
    public async Task<DeploymentResult> RollBackAsync(
        string machineName, string machineArn, string alias, int? version, bool whatIf, CancellationToken cancel)
    {
        var arn = $"{machineArn}:{alias}";
        var route = (await service.DescribeStateMachineAliasAsync(new() { StateMachineAliasArn = arn }, cancel)).RoutingConfiguration;
        var versions = await VersionsAsync(machineArn, cancel);
        // The older of two versions is the one before the change.
        var now = route.Min(r => Number(r.StateMachineVersionArn));
        var target = version ?? (route.Count > 1 ? now : versions.Where(v => v < now).DefaultIfEmpty().Max());
        if (!versions.Contains(target))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoVersion,
                version is null ? $"{machineName} has no version earlier than {now}. Nothing was changed." : $"{machineName} has no version {version}. Nothing was changed.",
                versions.Count == 0 ? "Publish one: Deploy-CmStateMachine -Publish." : $"Its versions are {string.Join(", ", versions)}.") { Subject = machineName };
        }

        var to = Arn(machineArn, target);
        var was = string.Join(", ", route.Select(r => r.Weight == All ? $"{Number(r.StateMachineVersionArn)}" : $"{Number(r.StateMachineVersionArn)} ({r.Weight} %)"));
        IReadOnlyList<JsonChange> changes = was == $"{target}" ? [] : [new($"Alias.{alias}", was, $"{target}")];
        if (!whatIf)
        {
            await PointAsync(machineArn, alias, to, All, cancel);
        }

        return new(machineName, machineArn, to, arn, changes, false, changes.Count > 0);
    }

    /// <summary>Points an alias to a version, for all executions or a percentage of them.</summary>
    /// <returns>The alias's ARN.</returns>
    internal async Task<string> PointAsync(string machineArn, string alias, string versionArn, int weight, CancellationToken cancel)
    {
        var arn = $"{machineArn}:{alias}";
        List<RoutingConfigurationListItem> route = [new() { StateMachineVersionArn = versionArn, Weight = All }];
        try
        {
            var current = (await service.DescribeStateMachineAliasAsync(new() { StateMachineAliasArn = arn }, cancel)).RoutingConfiguration;
            if (weight < All && current.MaxBy(r => r.Weight) is { } main && main.StateMachineVersionArn != versionArn)
            {
                route =
                [
                    new() { StateMachineVersionArn = main.StateMachineVersionArn, Weight = All - weight },
                    new() { StateMachineVersionArn = versionArn, Weight = weight },
                ];
            }

            if (!Pairs(current).SetEquals(Pairs(route)))
            {
                await service.UpdateStateMachineAliasAsync(new() { StateMachineAliasArn = arn, RoutingConfiguration = route }, cancel);
            }

            return arn;
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceNotFound")
        {
            // A new alias has no other version that could get the rest of the executions.
            return (await service.CreateStateMachineAliasAsync(new() { Name = alias, RoutingConfiguration = route },
                cancel)).StateMachineAliasArn;
        }
    }

    /// <summary>Deletes old versions, but never one that an alias uses. Running executions keep their definition.</summary>
    /// <returns>The numbers of the deleted versions.</returns>
    internal async Task<IReadOnlyList<string>> PruneAsync(string machineArn, int keep, CancellationToken cancel)
    {
        var used = new HashSet<int>();
        var pages = Pages.ReadAsync(
            token => service.ListStateMachineAliasesAsync(new() { StateMachineArn = machineArn, NextToken = token }, cancel), p =>
                p.NextToken, cancel);
        await foreach (var page in pages)
        {
            foreach (var alias in page.StateMachineAliases)
            {
                var route = await service.DescribeStateMachineAliasAsync(new() { StateMachineAliasArn = alias.StateMachineAliasArn },
                    cancel);
                used.UnionWith(route.RoutingConfiguration.Select(r => Number(r.StateMachineVersionArn)));
            }
        }

        var removed = new List<string>();
        foreach (var version in (await VersionsAsync(machineArn, cancel)).OrderDescending().Skip(keep).Where(v => !used.Contains(v)))
        {
            await service.DeleteStateMachineVersionAsync(new() { StateMachineVersionArn = Arn(machineArn, version) }, cancel);
            removed.Add(version.ToString(CultureInfo.InvariantCulture));
        }

        return removed;
    }

    private async Task<List<int>> VersionsAsync(string machineArn, CancellationToken cancel)
    {
        var versions = new List<int>();
        var pages = Pages.ReadAsync(
            token => service.ListStateMachineVersionsAsync(new() { StateMachineArn = machineArn, NextToken = token }, cancel), p =>
                p.NextToken, cancel);
        await foreach (var page in pages)
        {
            versions.AddRange(page.StateMachineVersions.Select(v => Number(v.StateMachineVersionArn)));
        }

        return versions;
    }

    private static HashSet<(string, int?)> Pairs(List<RoutingConfigurationListItem> route) =>
        [.. route.Where(r => r.Weight > 0).Select(r => (r.StateMachineVersionArn, r.Weight))];

    private static string Arn(string machineArn, int version) => string.Create(CultureInfo.InvariantCulture, $"{machineArn}:{version}");

    private static int Number(string versionArn) =>
        int.TryParse(versionArn.Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
