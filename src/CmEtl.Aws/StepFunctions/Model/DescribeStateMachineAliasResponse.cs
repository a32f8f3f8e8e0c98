namespace CmEtl.Aws.StepFunctions;

/// <summary>An alias as it stands.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html</remarks>
public sealed record DescribeStateMachineAliasResponse
{
    /// <summary>The alias.</summary>
    public string StateMachineAliasArn { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>One version with weight 100, or two that share it.</summary>
    public IReadOnlyList<RoutingConfigurationListItem> RoutingConfiguration { get; init; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreationDate { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdateDate { get; init; }
}
