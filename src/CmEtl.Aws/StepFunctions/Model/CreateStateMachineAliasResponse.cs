namespace CmEtl.Aws.StepFunctions;

/// <summary>The alias.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html</remarks>
public sealed record CreateStateMachineAliasResponse
{
    /// <summary>The alias.</summary>
    public string StateMachineAliasArn { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset CreationDate { get; init; }
}
