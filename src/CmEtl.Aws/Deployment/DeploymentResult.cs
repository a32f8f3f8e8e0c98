using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>The changes that a deployment made, or would make with -WhatIf.</summary>
/// <param name="StateMachineName">Name of the state machine.</param>
/// <param name="StateMachineArn">ARN of the state machine. Null if it would be created.</param>
/// <param name="Version">The published version, or null.</param>
/// <param name="AliasArn">ARN of the alias, or null.</param>
/// <param name="Changes">The differences from the previous state.</param>
/// <param name="Created">Whether the state machine is new.</param>
/// <param name="Updated">Whether an existing state machine was changed.</param>
public sealed record DeploymentResult(
    string StateMachineName, string? StateMachineArn, string? Version, string? AliasArn, IReadOnlyList<JsonChange> Changes, bool Created,
        bool Updated)
{
    /// <summary>The differences from the previous state.</summary>
    public IReadOnlyList<JsonChange> Changes { get; init; } = new TextList<JsonChange>([.. Changes]);

    /// <summary>Warnings: Step Functions accepts these parts of the definition, but CmEtl or the service advises against them.</summary>
    public IReadOnlyList<DefinitionFinding> Warnings
    {
        get;
        init => field = new TextList<DefinitionFinding>([.. value]);
    } = new TextList<DefinitionFinding>([]);

    /// <summary>
    /// With -WhatIf, the lines that would be removed and added, as a unified diff of the state machine as JSON. Otherwise empty.
    /// </summary>
    public string Diff { get; init; } = "";

    /// <summary>Numbers of the versions that were deleted.</summary>
    public IReadOnlyList<string> RemovedVersions
    {
        get;
        init => field = new TextList<string>([.. value]);
    } = new TextList<string>([]);
}
