namespace CmEtl.Aws.StepFunctions;

/// <summary>One target of an alias.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_RoutingConfigurationListItem.html</remarks>
public sealed record RoutingConfigurationListItem
{
    /// <summary>The version.</summary>
    public required string StateMachineVersionArn { get; init; }

    /// <summary>Percent of the executions.</summary>
    public int Weight { get; init; }
}
