using System.Globalization;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>Versions and aliases of a function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html.</summary>
public sealed class FunctionVersions(IAmazonLambda lambda)
{
    private const int All = 100;

    /// <summary>Points an alias back: removes a weight if one is set, or else selects the previous version.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="alias">Name of the alias.</param>
    /// <param name="version">The version to point to. Null selects the previous one.</param>
    /// <param name="whatIf">Whether nothing is written.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="CmEtlException">The version does not exist.</exception>
    public async Task<FunctionDeployment> RollBackAsync(string name, string alias, int? version, bool whatIf, CancellationToken cancel)
    {
        var current = await lambda.GetAliasAsync(new() { FunctionName = name, Name = alias }, cancel);
        var versions = await VersionsAsync(name, cancel);
        var target = version ?? (Weights(current.RoutingConfig).Count > 0
            ? Number(current.FunctionVersion)
            : versions.Where(v => v < Number(current.FunctionVersion)).DefaultIfEmpty().Max());
        if (!versions.Contains(target))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoVersion,
                version is null ? $"{name} has no version earlier than {current.FunctionVersion}. Nothing was changed." : $"{name} has no version {version}. Nothing was changed.",
                versions.Count == 0 ? "Publish one: Publish-CmLambda -Publish." : $"Its versions are {string.Join(", ", versions)}.") { Subject = name };
        }

        var to = target.ToString(CultureInfo.InvariantCulture);
        var was = string.Join(", ", Weights(current.RoutingConfig).Select(w => $"{w.Key} ({w.Value:P0})").Prepend(current.FunctionVersion));
        IReadOnlyList<JsonChange> changes = was == to ? [] : [new($"Alias.{alias}", was, to)];
        if (!whatIf)
        {
            await PointAsync(name, alias, to, All, cancel);
        }

        return new(name, current.AliasArn, to, changes, false, changes.Count > 0, 0);
    }

    /// <summary>Points an alias to a version, for all calls or a percentage of them.</summary>
    /// <returns>The alias's ARN.</returns>
    internal async Task<string> PointAsync(string name, string alias, string version, int weight, CancellationToken cancel)
    {
        GetAliasResponse current;
        try
        {
            current = await lambda.GetAliasAsync(new() { FunctionName = name, Name = alias }, cancel);
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceNotFoundException")
        {
            // A new alias has no other version that could get the rest of the calls.
            return (await lambda.CreateAliasAsync(new() { FunctionName = name, Name = alias, FunctionVersion = version }, cancel)).AliasArn;
        }

        var whole = weight >= All || current.FunctionVersion == version;
        var primary = whole ? version : current.FunctionVersion;
        Dictionary<string, double> weights = whole ? [] : new() { [version] = weight / (double)All };
        if (current.FunctionVersion != primary || !Weights(current.RoutingConfig).ToHashSet().SetEquals(weights))
        {
            await lambda.UpdateAliasAsync(
                new()
                {
                    FunctionName = name, Name = alias, FunctionVersion = primary,
                        RoutingConfig = new() { AdditionalVersionWeights = weights },
                    RevisionId = current.RevisionId,
                },
                cancel);
        }

        return current.AliasArn;
    }

    /// <summary>Deletes old versions, but never one that an alias uses.</summary>
    /// <returns>The deleted versions.</returns>
    internal async Task<IReadOnlyList<string>> PruneAsync(string name, int keep, CancellationToken cancel)
    {
        var used = new HashSet<int>();
        var pages = Pages.ReadAsync(token => lambda.ListAliasesAsync(new() { FunctionName = name, Marker = token }, cancel),
            p => p.NextMarker, cancel);
        await foreach (var page in pages)
        {
            used.UnionWith(page.Aliases.SelectMany(a => Weights(a.RoutingConfig).Keys.Append(a.FunctionVersion)).Select(Number));
        }

        var removed = new List<string>();
        foreach (var version in (await VersionsAsync(name, cancel)).OrderDescending().Skip(keep).Where(v => !used.Contains(v)))
        {
            var text = version.ToString(CultureInfo.InvariantCulture);
            await lambda.DeleteFunctionAsync(new() { FunctionName = name, Qualifier = text }, cancel);
            removed.Add(text);
        }

        return removed;
    }

    private async Task<List<int>> VersionsAsync(string name, CancellationToken cancel)
    {
        var versions = new List<int>();
        var pages = Pages.ReadAsync(
            token => lambda.ListVersionsByFunctionAsync(new() { FunctionName = name, Marker = token }, cancel), p => p.NextMarker, cancel);
        await foreach (var page in pages)
        {
            // All but $LATEST.
            versions.AddRange(page.Versions.Select(v => Number(v.Version)).Where(v => v > 0));
        }

        return versions;
    }

    private static Dictionary<string, double> Weights(AliasRoutingConfiguration? routing) => routing?.AdditionalVersionWeights ?? [];

    private static int Number(string? version) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
