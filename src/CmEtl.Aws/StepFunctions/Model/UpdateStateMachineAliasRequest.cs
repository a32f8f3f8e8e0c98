namespace CmEtl.Aws.StepFunctions;

/// <summary>Points an alias elsewhere.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html</remarks>
public sealed record UpdateStateMachineAliasRequest
{
    /// <summary>The alias.</summary>
    public required string StateMachineAliasArn { get; init; }

    /// <summary>One version with weight 100, or two that share it.</summary>
    public IReadOnlyList<RoutingConfigurationListItem> RoutingConfiguration { get; init; } = [];
}
