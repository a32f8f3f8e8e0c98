namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for an alias.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html</remarks>
public sealed record DescribeStateMachineAliasRequest
{
    /// <summary>The alias.</summary>
    public required string StateMachineAliasArn { get; init; }
}
