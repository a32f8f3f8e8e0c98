using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>What a deployment did, or with what-if would do.</summary>
/// <param name="StateMachineName">The machine.</param>
/// <param name="StateMachineArn">Its ARN; null when it would be created.</param>
/// <param name="Version">The version published, or null.</param>
/// <param name="AliasArn">The alias, or null.</param>
/// <param name="Changes">What differs from before.</param>
/// <param name="Created">The machine is new.</param>
/// <param name="Updated">The machine was there and was changed.</param>
public sealed record DeploymentResult(
    string StateMachineName, string? StateMachineArn, string? Version, string? AliasArn, IReadOnlyList<JsonChange> Changes, bool Created,
        bool Updated)
{
    /// <summary>What differs from before.</summary>
    public IReadOnlyList<JsonChange> Changes { get; init; } = new TextList<JsonChange>([.. Changes]);

    /// <summary>What Step Functions accepts and CmEtl or the service advises against.</summary>
    public IReadOnlyList<DefinitionFinding> Warnings
    {
        get;
        init => field = new TextList<DefinitionFinding>([.. value]);
    } = new TextList<DefinitionFinding>([]);

    /// <summary>
    /// With what-if, the lines that would be removed and added, as a unified diff of the machine as JSON; empty otherwise.
    /// </summary>
    public string Diff { get; init; } = "";

    /// <summary>Numbers of the versions that were deleted.</summary>
    public IReadOnlyList<string> RemovedVersions
    {
        get;
        init => field = new TextList<string>([.. value]);
    } = new TextList<string>([]);
}
