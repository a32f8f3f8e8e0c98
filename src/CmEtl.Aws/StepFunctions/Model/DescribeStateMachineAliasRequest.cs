namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for an alias. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html</summary>
public sealed record DescribeStateMachineAliasRequest
{
    /// <summary>The alias.</summary>
    public required string StateMachineAliasArn { get; init; }
}
