namespace CmEtl.Aws.StepFunctions;

/// <summary>Creates an alias.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html</remarks>
public sealed record CreateStateMachineAliasRequest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>One version with weight 100, or two that share it.</summary>
    public IReadOnlyList<RoutingConfigurationListItem> RoutingConfiguration { get; init; } = [];

    /// <summary>A note.</summary>
    public string? Description { get; init; }
}
