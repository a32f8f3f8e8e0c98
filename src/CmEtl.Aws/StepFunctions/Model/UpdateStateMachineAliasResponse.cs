namespace CmEtl.Aws.StepFunctions;

/// <summary>When the alias was changed.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html</remarks>
public sealed record UpdateStateMachineAliasResponse
{
    /// <summary>When.</summary>
    public DateTimeOffset UpdateDate { get; init; }
}
