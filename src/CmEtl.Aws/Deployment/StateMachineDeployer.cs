using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace CmEtl.Aws.Deployment;

/// <summary>
/// Updates a state machine to match its specification. Changes nothing if nothing differs. Running executions keep their definition.
/// </summary>
public sealed class StateMachineDeployer(IAmazonStepFunctions service)
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly MachineVersions _versions = new(service);

    /// <summary>Points an alias back to an earlier version.</summary>
    /// <exception cref="CmEtlException">The state machine or the version does not exist.</exception>
    public async Task<DeploymentResult> RollBackAsync(string name, string alias, int? version, bool whatIf, CancellationToken cancel) =>
        await FindAsync(name, cancel) is { } arn
            ? await _versions.RollBackAsync(name, arn, alias, version, whatIf, cancel)
            : throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoVersion, $"The state machine {name} does not exist.", "Check the name, the account and the region.") { Subject = name };

    /// <summary>Returns what <see cref="DeployAsync"/> would do. Writes nothing.</summary>
    /// <exception cref="DefinitionException">The deployment would be refused.</exception>
    public async Task<DeploymentResult> PreviewAsync(StateMachineSpec spec, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var warnings = await ValidateAsync(spec, cancel);
        var (current, tags) = await ReadAsync(spec, cancel);
        var changes = Changes(spec, current, tags);
        return new(spec.Name, current?.StateMachineArn, null, null, changes, current is null, current is not null && changes.Count > 0)
        {
            Warnings = warnings,
            Diff = changes.Count == 0 ? "" : MachineText.Diff(spec, current, tags),
        };
    }

    /// <summary>Validates the definition, creates or updates the state machine, then publishes a version if requested.</summary>
    /// <exception cref="DefinitionException">The definition is not valid. Nothing was changed.</exception>
    /// <exception cref="AmazonServiceException">The service refused.</exception>
    public async Task<DeploymentResult> DeployAsync(StateMachineSpec spec, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var warnings = await ValidateAsync(spec, cancel);
        var (current, tags) = await ReadAsync(spec, cancel);
        var changes = Changes(spec, current, tags);
        var revision = current is null ? null : await UpdateAsync(spec, current, tags, changes, cancel);
        var arn = current?.StateMachineArn ?? await CreateAsync(spec, cancel);
        string? version = null, alias = null;
        if (spec.Publish || spec.Alias is not null)
        {
            // Publishing an unchanged revision returns the existing version, so this can be repeated. Only our revision is published.
            var published = await service.PublishStateMachineVersionAsync(new() { StateMachineArn = arn, RevisionId = revision }, cancel);
            version = published.StateMachineVersionArn;
            alias = spec.Alias is null ? null : await _versions.PointAsync(arn, spec.Alias, version, spec.Weight, cancel);
        }

        return new(spec.Name, arn, version, alias, changes, current is null, current is not null && changes.Count > 0)
        {
            Warnings = warnings,
            RemovedVersions = spec.KeepVersions is { } keep ? await _versions.PruneAsync(arn, keep, cancel) : [],
        };
    }

    /// <returns>CmEtl's warnings, then those of the service.</returns>
    private async Task<IReadOnlyList<DefinitionFinding>> ValidateAsync(StateMachineSpec spec, CancellationToken cancel)
    {
        MachineSpecRules.ThrowIfRefused(spec);
        var warnings = DefinitionValidator.ThrowIfInvalid(spec.Name, spec.Definition);
        var answer = await service.ValidateStateMachineDefinitionAsync(
            new() { Definition = spec.Definition, Type = StateMachineType.STANDARD,
                Severity = ValidateStateMachineDefinitionSeverity.WARNING }, cancel);
        var findings = answer.Diagnostics.ConvertAll(d => new DefinitionFinding(
            d.Severity?.Value == "WARNING" ? FindingSeverity.Warning : FindingSeverity.Error, d.Code, "", d.Location ?? "", $"{d.Code}: {d.Message}"));
        return answer.Result.Value == "OK"
            ? [.. spec.Warnings, .. warnings, .. findings]
            : throw new DefinitionException($"Step Functions refuses the definition of {spec.Name}. {DefinitionValidator.Summary(findings)}", findings);
    }

    private async Task<(DescribeStateMachineResponse? Machine, IReadOnlyList<Tag> Tags)> ReadAsync(StateMachineSpec spec,
        CancellationToken cancel)
    {
        if (await FindAsync(spec.Name, cancel) is not { } arn)
        {
            return spec.RoleArn is null
                ? throw new DefinitionException($"{spec.Name} does not exist yet. To create it, give its execution role.")
                : (null, []);
        }

        var machine = await service.DescribeStateMachineAsync(new() { StateMachineArn = arn }, cancel);
        var tags = spec.Tags is null ? [] : (await service.ListTagsForResourceAsync(new() { ResourceArn = arn }, cancel)).Tags ?? [];
        // Tags of AWS itself, such as CloudFormation's, cannot be changed.
        return (machine, tags.FindAll(t => t.Key?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == false));
    }

    /// <summary>Finds the ARN by name in all pages. A failed lookup throws, and is never taken for a missing state machine.</summary>
    private async Task<string?> FindAsync(string name, CancellationToken cancel)
    {
        var pages = Pages.ReadAsync(token => service.ListStateMachinesAsync(new() { NextToken = token }, cancel), p => p.NextToken, cancel);
        await foreach (var page in pages)
        {
            if (page.StateMachines.Find(m => m.Name == name) is { } found)
            {
                return found.StateMachineArn;
            }
        }

        return null;
    }

    private static List<JsonChange> Changes(StateMachineSpec spec, DescribeStateMachineResponse? current, IReadOnlyList<Tag> tags)
    {
        var changes = JsonDiff.Compare("", current?.Definition ?? "{}", spec.Definition).ToList();
        Compare("RoleArn", current?.RoleArn, spec.RoleArn);
        Compare("Logging", Plain(current?.LoggingConfiguration), Plain(spec.Logging));
        Compare("Tracing", current?.TracingConfiguration?.Enabled ?? (current is null ? null : false), spec.Tracing);
        Compare("Tags", tags.ToDictionary(t => t.Key!, t => t.Value), spec.Tags);
        return changes;

        void Compare(string path, object? old, object? @new)
        {
            if (@new is not null)
            {
                changes.AddRange(JsonDiff.Compare(path, JsonSerializer.Serialize(old, Json), JsonSerializer.Serialize(@new, Json)));
            }
        }
    }

    private async Task<string> CreateAsync(StateMachineSpec spec, CancellationToken cancel) =>
        (await service.CreateStateMachineAsync(
            new()
            {
                Name = spec.Name,
                Definition = spec.Definition,
                RoleArn = spec.RoleArn!,
                Type = StateMachineType.STANDARD,
                LoggingConfiguration = spec.Logging,
                TracingConfiguration = Tracing(spec),
                Tags = spec.Tags?.Select(t => new Tag { Key = t.Key, Value = t.Value }).ToList(),
            },
            cancel)).StateMachineArn;

    /// <returns>The revision that this call created.</returns>
    private async Task<string?> UpdateAsync(
        StateMachineSpec spec, DescribeStateMachineResponse current, IReadOnlyList<Tag> tags, List<JsonChange> changes,
        CancellationToken cancel)
    {
        var (arn, revision) = (current.StateMachineArn, current.RevisionId);
        if (changes.Exists(c => !IsTag(c)))
        {
            var update = new UpdateStateMachineRequest
            {
                StateMachineArn = arn, Definition = spec.Definition, RoleArn = spec.RoleArn,
                LoggingConfiguration = spec.Logging, TracingConfiguration = Tracing(spec),
            };
            revision = (await service.UpdateStateMachineAsync(update, cancel)).RevisionId;
        }

        if (changes.Exists(IsTag))
        {
            await service.TagResourceAsync(
                new() { ResourceArn = arn, Tags = [.. spec.Tags!.Select(t => new Tag { Key = t.Key, Value = t.Value })] }, cancel);
            var gone = tags.Select(t => t.Key!).Except(spec.Tags!.Keys).ToList();
            if (gone.Count > 0)
            {
                await service.UntagResourceAsync(new() { ResourceArn = arn, TagKeys = gone }, cancel);
            }
        }

        return revision;
    }

    private static object? Plain(LoggingConfiguration? logging) => logging is null ? null : new
    {
        Level = logging.Level?.Value,
        logging.IncludeExecutionData,
        Destinations = logging.Destinations?.ConvertAll(d => d.CloudWatchLogsLogGroup?.LogGroupArn) ?? [],
    };

    private static bool IsTag(JsonChange change) => change.Path == "Tags" || change.Path.StartsWith("Tags.", StringComparison.Ordinal);

    private static TracingConfiguration? Tracing(StateMachineSpec spec) => spec.Tracing is null ? null : new() { Enabled = spec.Tracing };
}
